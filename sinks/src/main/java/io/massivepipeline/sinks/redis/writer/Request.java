package io.massivepipeline.sinks.redis.writer;

import io.massivepipeline.sinks.redis.AppendOutcome;
import io.massivepipeline.sinks.redis.RedisSinkException;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.retry.ErrorClassifier;
import io.massivepipeline.sinks.redis.retry.ErrorKind;
import io.massivepipeline.sinks.redis.script.ScriptCall;
import io.massivepipeline.sinks.redis.script.ScriptResult;
import io.massivepipeline.sinks.redis.writer.ScriptCaller.Answer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A batch on its way, from the first call until everything in it is acknowledged, and what its
 * outcomes asked for as well. What failed for a while is sent again, for each key from the first
 * write that was not carried out, so that nothing of a key is overtaken. All methods run in the
 * task's thread.
 */
final class Request {

    private final RequestContext context;
    private final Consumer<Optional<RedisSinkException>> onEnd;
    private final List<RedisWrite> followUps = new ArrayList<>();

    private List<Run> open;
    private boolean followingUp;
    private int failedAttempts;

    /**
     * @param onEnd called once: with nothing when all is acknowledged, or with what ends the job
     */
    Request(
            List<RedisWrite> batch,
            RequestContext context,
            Consumer<Optional<RedisSinkException>> onEnd) {
        this.open = Run.of(batch, context.cluster(), context.callEntries());
        this.context = context;
        this.onEnd = onEnd;
    }

    void send() {
        List<Run> sent = open;
        List<ScriptCall> calls = sent.stream().map(Run::call).toList();
        int losses = context.replication().losses();
        sent.forEach(run -> run.sending(losses));
        long sentAt = System.nanoTime();
        context.caller()
                .call(calls)
                .thenAccept(
                        answers ->
                                context.inTaskThread(
                                        () -> {
                                            context.metrics()
                                                    .callAnswered(System.nanoTime() - sentAt);
                                            receive(sent, calls, answers);
                                        }));
    }

    private void receive(List<Run> sent, List<ScriptCall> calls, List<Answer> answers) {
        String passing = "";
        List<Run> unfinished = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            Run run = sent.get(i);
            Failure failure = take(run, calls.get(i), answers.get(i));
            if (failure.kind() == ErrorKind.FATAL && failure.key().isPresent()) {
                onEnd.accept(Optional.of(failure.exception()));
                return;
            }
            if (failure.kind() == ErrorKind.FATAL) {
                unfinished.addAll(run.byKey());
                continue;
            }
            if (!run.isDone()) {
                unfinished.add(run);
            }
            if (!failure.message().isEmpty()) {
                passing = failure.message();
            }
        }
        List<Run> done = sent.stream().filter(Run::isDone).toList();
        open = unfinished;
        if (done.isEmpty() || !context.replication().isRequired()) {
            next(passing);
        } else {
            confirm(done, passing);
        }
    }

    /** Notes what was carried out, and says what was not. */
    private Failure take(Run run, ScriptCall call, Answer answer) {
        if (answer.failure() != null) {
            Throwable failure = context.causeOf(answer.failure());
            return new Failure(
                    ErrorClassifier.classify(failure),
                    run.hasSeveralKeys() ? Optional.empty() : Optional.of(run.key()),
                    String.valueOf(failure.getMessage()));
        }
        ScriptResult result = call.resultOf(answer.reply());
        if (!run.isRepeated()) {
            count(result);
        }
        run.acknowledge(result);
        return result.failure().isEmpty()
                ? Failure.NONE
                : new Failure(
                        ErrorClassifier.classify(result.failure()),
                        Optional.of(result.failedKey()),
                        result.failure());
    }

    private void count(ScriptResult result) {
        context.metrics().stale(result.stale());
        for (AppendOutcome outcome : result.outcomes()) {
            context.metrics().appended(outcome);
            if (!followingUp) {
                followUps.addAll(context.listener().onAcknowledged(outcome));
            }
        }
    }

    /** Has replicas confirm what was carried out; if they do not, all of it is sent again. */
    private void confirm(List<Run> done, String passing) {
        List<String> keys = done.stream().flatMap(Run::keys).distinct().toList();
        int losses = done.stream().mapToInt(Run::losses).min().orElseThrow();
        context.replication()
                .confirm(keys, losses)
                .thenAccept(
                        missing ->
                                context.inTaskThread(
                                        () -> {
                                            if (!missing.isEmpty()) {
                                                done.forEach(Run::repeat);
                                                List<Run> all = new ArrayList<>(done);
                                                all.addAll(open);
                                                open = all;
                                            }
                                            next(missing.isEmpty() ? passing : missing);
                                        }));
    }

    private void next(String failure) {
        if (!failure.isEmpty()) {
            failedAttempts++;
            context.retry(failure, failedAttempts, this::send);
        } else if (!open.isEmpty()) {
            send();
        } else if (!followUps.isEmpty()) {
            followUps.sort(Comparator.comparing(RedisWrite::key));
            open = Run.of(followUps, context.cluster(), context.callEntries());
            followUps.clear();
            followingUp = true;
            send();
        } else {
            context.answered();
            onEnd.accept(Optional.empty());
        }
    }

    /**
     * Why a call was not carried out to its end; without a message, it was.
     *
     * @param key what the server refuses, if it can be told: a call may have several keys
     */
    private record Failure(ErrorKind kind, Optional<String> key, String message) {

        static final Failure NONE = new Failure(ErrorKind.RETRYABLE, Optional.empty(), "");

        RedisSinkException exception() {
            return new RedisSinkException(
                    "Redis refuses to write %s: %s"
                            .formatted(key.orElseThrow(), ErrorText.withoutArguments(message)));
        }
    }
}

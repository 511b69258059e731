package io.massivepipeline.sinks.redis.writer;

import io.massivepipeline.sinks.redis.AppendOutcome;
import io.massivepipeline.sinks.redis.RedisSinkException;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.retry.ErrorClassifier;
import io.massivepipeline.sinks.redis.retry.ErrorKind;
import io.massivepipeline.sinks.redis.script.ScriptCall;
import io.massivepipeline.sinks.redis.script.ScriptResult;

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
    private long sentAt;

    /**
     * @param onEnd called once: with nothing when all is acknowledged, or with what ended the job
     */
    Request(
            List<RedisWrite> batch,
            RequestContext context,
            Consumer<Optional<RedisSinkException>> onEnd) {
        this.open = Run.of(batch);
        this.context = context;
        this.onEnd = onEnd;
    }

    void send() {
        List<ScriptCall> calls = open.stream().map(run -> new ScriptCall(run.rest())).toList();
        sentAt = context.nanoTime();
        context.caller()
                .call(calls)
                .thenAccept(answers -> context.inTaskThread(() -> receive(calls, answers)));
    }

    private void receive(List<ScriptCall> calls, List<ScriptCaller.Answer> answers) {
        context.metrics().callAnswered(context.nanoTime() - sentAt);
        String passing = "";
        for (int i = 0; i < calls.size(); i++) {
            Run run = open.get(i);
            ScriptCaller.Answer answer = answers.get(i);
            String failure;
            ErrorKind kind;
            if (answer.failure() == null) {
                ScriptResult result = calls.get(i).resultOf(answer.reply());
                acknowledged(run, result);
                failure = result.failure();
                kind = ErrorClassifier.classify(failure);
            } else {
                failure = String.valueOf(ErrorClassifier.unwrap(answer.failure()).getMessage());
                kind = ErrorClassifier.classify(answer.failure());
            }
            if (!run.isDone()) {
                if (kind == ErrorKind.FATAL) {
                    fail(run, failure);
                    return;
                }
                passing = failure;
            }
        }
        open = open.stream().filter(run -> !run.isDone()).toList();
        next(passing);
    }

    private void next(String failure) {
        if (!open.isEmpty()) {
            failedAttempts++;
            context.retry(failure, failedAttempts, this::send);
            return;
        }
        failedAttempts = 0;
        context.answered();
        if (followUps.isEmpty()) {
            onEnd.accept(Optional.empty());
        } else {
            followUps.sort(Comparator.comparing(RedisWrite::key));
            open = Run.of(followUps);
            followUps.clear();
            followingUp = true;
            send();
        }
    }

    private void acknowledged(Run run, ScriptResult result) {
        run.remains(result.rest());
        context.metrics().stale(result.stale());
        for (AppendOutcome outcome : result.outcomes()) {
            context.metrics().appended(outcome);
            if (!followingUp) {
                followUps.addAll(context.listener().onAcknowledged(outcome));
            }
        }
    }

    private void fail(Run run, String failure) {
        String key = run.rest().get(0).key();
        onEnd.accept(
                Optional.of(
                        new RedisSinkException(
                                "Redis refuses to write %s: %s"
                                        .formatted(key, ErrorText.withoutArguments(failure)))));
    }
}

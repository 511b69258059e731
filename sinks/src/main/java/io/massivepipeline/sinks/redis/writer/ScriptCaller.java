package io.massivepipeline.sinks.redis.writer;

import io.massivepipeline.sinks.redis.connection.RedisConnection;
import io.massivepipeline.sinks.redis.retry.ErrorClassifier;
import io.massivepipeline.sinks.redis.retry.ErrorKind;
import io.massivepipeline.sinks.redis.script.ScriptCall;
import io.massivepipeline.sinks.redis.script.WriteScript;

import io.lettuce.core.RedisException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Sends script calls, several at once, and waits for all answers without blocking. */
final class ScriptCaller {

    private final RedisConnection<byte[], byte[]> connection;
    private final WriteScript script;

    ScriptCaller(RedisConnection<byte[], byte[]> connection, WriteScript script) {
        this.connection = connection;
        this.script = script;
    }

    /**
     * Sends the calls and completes, always normally, with their answers in the same order. A
     * server that does not know the script is sent it.
     */
    CompletableFuture<List<Answer>> call(List<ScriptCall> calls) {
        return send(calls, false).thenCompose(answers -> resend(calls, answers));
    }

    private CompletableFuture<List<Answer>> resend(List<ScriptCall> calls, List<Answer> answers) {
        List<Integer> unknown = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            Throwable failure = answers.get(i).failure();
            if (failure != null && ErrorClassifier.classify(failure) == ErrorKind.SCRIPT_UNKNOWN) {
                unknown.add(i);
            }
        }
        if (unknown.isEmpty()) {
            return CompletableFuture.completedFuture(answers);
        }
        return send(unknown.stream().map(calls::get).toList(), true)
                .thenApply(
                        second -> {
                            List<Answer> merged = new ArrayList<>(answers);
                            for (int i = 0; i < unknown.size(); i++) {
                                merged.set(unknown.get(i), second.get(i));
                            }
                            return merged;
                        });
    }

    private CompletableFuture<List<Answer>> send(List<ScriptCall> calls, boolean withSource) {
        List<AsyncCommand<byte[], byte[], List<Object>>> commands =
                calls.stream().map(call -> command(call, withSource)).toList();
        try {
            connection.dispatch(commands);
        } catch (RedisException e) {
            commands.forEach(command -> command.completeExceptionally(e));
        }
        List<CompletableFuture<Answer>> answers =
                commands.stream()
                        .map(command -> command.toCompletableFuture().handle(Answer::new))
                        .toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(all -> answers.stream().map(CompletableFuture::join).toList());
    }

    private AsyncCommand<byte[], byte[], List<Object>> command(
            ScriptCall call, boolean withSource) {
        ScriptCallArgs args = new ScriptCallArgs(call);
        if (withSource) {
            args.add(script.source());
        } else {
            args.add(script.digest());
        }
        args.add(call.keys().count());
        return new AsyncCommand<>(
                new Command<>(
                        withSource ? CommandType.EVAL : CommandType.EVALSHA,
                        new NestedMultiOutput<>(ByteArrayCodec.INSTANCE),
                        args));
    }

    /**
     * What came back for a call: a reply or a failure.
     *
     * @param reply null if it failed
     * @param failure null if it did not
     */
    record Answer(List<Object> reply, Throwable failure) {}
}

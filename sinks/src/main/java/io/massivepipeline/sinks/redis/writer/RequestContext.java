package io.massivepipeline.sinks.redis.writer;

import io.massivepipeline.sinks.redis.AppendOutcomeListener;
import io.massivepipeline.sinks.redis.connection.RedisConnection;
import io.massivepipeline.sinks.redis.metrics.SinkMetrics;
import io.massivepipeline.sinks.redis.retry.Backoff;
import io.massivepipeline.sinks.redis.retry.ErrorClassifier;

import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;

import io.lettuce.core.RedisCommandExecutionException;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;

/** What all requests of a writer share: the way to Redis and back into the task's thread. */
final class RequestContext {

    private final RedisConnection<byte[], byte[]> connection;
    private final ScriptCaller caller;
    private final Replication replication;
    private final int callEntries;
    private final MailboxExecutor mailbox;
    private final ProcessingTimeService timers;
    private final Backoff backoff;
    private final AppendOutcomeListener listener;
    private final SinkMetrics metrics;
    private final OutageLog outages;

    RequestContext(
            RedisConnection<byte[], byte[]> connection,
            ScriptCaller caller,
            Replication replication,
            int callEntries,
            MailboxExecutor mailbox,
            ProcessingTimeService timers,
            Backoff backoff,
            AppendOutcomeListener listener,
            SinkMetrics metrics,
            OutageLog outages) {
        this.connection = connection;
        this.caller = caller;
        this.replication = replication;
        this.callEntries = callEntries;
        this.mailbox = mailbox;
        this.timers = timers;
        this.backoff = backoff;
        this.listener = listener;
        this.metrics = metrics;
        this.outages = outages;
    }

    ScriptCaller caller() {
        return caller;
    }

    AppendOutcomeListener listener() {
        return listener;
    }

    SinkMetrics metrics() {
        return metrics;
    }

    Replication replication() {
        return replication;
    }

    /** How many entries one call may have, about. */
    int callEntries() {
        return callEntries;
    }

    boolean cluster() {
        return connection.isCluster();
    }

    /**
     * Why a call failed: while there is no connection, why it cannot be made, so that a password
     * that is no longer right does not look like an outage.
     */
    Throwable causeOf(Throwable failure) {
        Throwable cause = ErrorClassifier.unwrap(failure);
        return cause instanceof RedisCommandExecutionException
                ? cause
                : connection.watch().reconnectFailure().orElse(cause);
    }

    /** Goes on in the task's thread, unless the task has ended and nobody waits any more. */
    void inTaskThread(Runnable step) {
        try {
            mailbox.execute(step::run, "Go on with a request to Redis");
        } catch (RejectedExecutionException e) {
            outages.ignoredAfterClose(e);
        }
    }

    /**
     * Tells Flink how a request ended, unless the task has ended. A job that is stopped drains its
     * mailbox behind the last checkpoint and takes nothing more in: the answer to what a timer
     * wrote meanwhile would fail the job that has its savepoint already.
     */
    void tell(Runnable outcome) {
        try {
            outcome.run();
        } catch (RejectedExecutionException e) {
            outages.ignoredAfterClose(e);
        }
    }

    /**
     * Says that Redis fails, once an outage, and does something again after a while. Not by a timer
     * of Flink's: those of a job that is stopped are silenced before its savepoint, which waits for
     * what is to be repeated here.
     */
    void retry(String failure, int attempt, Runnable step) {
        outages.failed(failure, timers.getCurrentProcessingTime());
        metrics.retried();
        if (failure.contains("READONLY")) {
            connection.renew();
        }
        long delay = backoff.delayMillis(attempt, ThreadLocalRandom.current()::nextDouble);
        connection.later(delay, () -> inTaskThread(step));
    }

    /** Says that Redis works. */
    void answered() {
        outages.answered(timers.getCurrentProcessingTime());
    }
}

package io.massivepipeline.job.output;

import io.massivepipeline.job.analytics.JobTotals;
import io.massivepipeline.sinks.redis.RedisConnectionConfig;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Finds the entries of the index of snapshots whose snapshot has expired, looking now and then, at
 * first when the first totals come.
 *
 * <p>It asks Redis instead of reckoning, for only Redis knows: a key expires by the wall clock,
 * days after its last publication, and may have been published by a run that is over, such as the
 * replay of an old feed, or by one whose state is gone. Whatever put an entry there, the next look
 * after its key has gone finds it. To fail in that is no reason to fail the job.
 */
final class FindGoneSnapshots extends RichAsyncFunction<JobTotals, IndexEntry> {

    private static final Logger LOG = LoggerFactory.getLogger(FindGoneSnapshots.class);
    private static final long serialVersionUID = 1L;
    private static final int ATTEMPTS = 5;
    private static final int RETRY_DELAY_MS = 500;
    private static final int PATIENCE_SECONDS = 5;

    private final RedisConnectionConfig config;
    private final long intervalMs;
    private final Clock clock;

    private transient ScheduledExecutorService thread;
    private transient SnapshotIndexReader reader;
    private transient long lookedAt;

    /**
     * @param interval from one look to the next
     * @param clock serializable, as the JDK's are
     */
    FindGoneSnapshots(RedisConnectionConfig config, Duration interval, Clock clock) {
        this.config = config;
        this.intervalMs = interval.toMillis();
        this.clock = clock;
    }

    @Override
    public void open(OpenContext context) {
        reader = new SnapshotIndexReader(config);
        lookedAt = clock.millis() - intervalMs;
        thread =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread worker = new Thread(task, "snapshot-index");
                            worker.setDaemon(true);
                            return worker;
                        });
    }

    @Override
    public void asyncInvoke(JobTotals totals, ResultFuture<IndexEntry> found) {
        long now = clock.millis();
        if (Math.abs(now - lookedAt) < intervalMs) {
            found.complete(List.of());
        } else {
            lookedAt = now;
            thread.execute(() -> look(found, ATTEMPTS));
        }
    }

    /** Nodes of a Cluster are connected to when they are first asked, which fails at first. */
    private void look(ResultFuture<IndexEntry> found, int attempts) {
        try {
            List<IndexEntry> gone = reader.gone();
            if (!gone.isEmpty()) {
                LOG.info("{} snapshots have expired and leave the index", gone.size());
            }
            found.complete(gone);
        } catch (RuntimeException failure) {
            LOG.debug("Redis does not say which snapshots have expired", failure);
            if (attempts > 1) {
                thread.schedule(
                        () -> look(found, attempts - 1), RETRY_DELAY_MS, TimeUnit.MILLISECONDS);
            } else {
                LOG.warn("Redis does not say which snapshots have expired: {}", failure.toString());
                found.complete(List.of());
            }
        }
    }

    /** There will be another look. */
    @Override
    public void timeout(JobTotals totals, ResultFuture<IndexEntry> found) {
        found.complete(List.of());
    }

    @Override
    public void close() throws Exception {
        if (thread != null) {
            thread.shutdownNow();
            thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
            reader.close();
        }
    }
}

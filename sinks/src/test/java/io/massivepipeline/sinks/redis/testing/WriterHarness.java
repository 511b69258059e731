package io.massivepipeline.sinks.redis.testing;

import io.massivepipeline.sinks.redis.RedisConnectionConfig;
import io.massivepipeline.sinks.redis.RedisSink;
import io.massivepipeline.sinks.redis.RedisSinkBuilder;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.metrics.SinkMetrics;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.TestSinkInitContext;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.runtime.metrics.groups.MetricsGroupTestUtils;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A writer outside of Flink's runtime: the calling thread is the task's thread. */
public final class WriterHarness implements AutoCloseable {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final MetricListener metrics = new MetricListener();
    private final MailboxExecutor mailbox;
    private final StatefulSinkWriter<RedisWrite, BufferedRequestState<RedisWrite>> writer;

    public WriterHarness(RedisConnectionConfig connection) throws Exception {
        this(connection, builder -> builder);
    }

    public WriterHarness(
            RedisConnectionConfig connection, UnaryOperator<RedisSinkBuilder<RedisWrite>> options)
            throws Exception {
        RedisSinkBuilder<RedisWrite> builder =
                RedisSink.<RedisWrite>builder()
                        .setConnection(connection)
                        .setConverter((write, out) -> out.accept(write));
        Context context = new Context();
        mailbox = context.getMailboxExecutor();
        writer = options.apply(builder).build().createWriter(context);
    }

    /** Hands the writes to the writer and waits until all are acknowledged. */
    public void writeAll(RedisWrite... writes) throws Exception {
        for (RedisWrite write : writes) {
            writer.write(write, null);
        }
        flush();
    }

    public void write(RedisWrite write) throws Exception {
        writer.write(write, null);
    }

    /** Does what a task does between two elements: whatever has come back meanwhile. */
    public void runMails() {
        while (mailbox.tryYield()) {
            continue;
        }
    }

    public void watermark(long time) throws Exception {
        writer.writeWatermark(new Watermark(time));
    }

    public void flush() throws Exception {
        writer.flush(false);
    }

    public List<BufferedRequestState<RedisWrite>> snapshot() throws Exception {
        return writer.snapshotState(1);
    }

    /** How often a counter of the sink's own group has counted. */
    public long count(String counter) {
        return metrics.getCounter(SinkMetrics.GROUP, counter).orElseThrow().getCount();
    }

    /** What a gauge of the sink's own group says now. */
    public long gauge(String name) {
        return metrics.<Long>getGauge(SinkMetrics.GROUP, name).orElseThrow().getValue();
    }

    public Histogram histogram(String name) {
        return metrics.getHistogram(SinkMetrics.GROUP, name).orElseThrow();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        try {
            writer.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Flink's own context for tests, with a clock that runs and metrics that can be read. */
    private final class Context extends TestSinkInitContext implements ProcessingTimeService {

        private final SinkWriterMetricGroup group =
                MetricsGroupTestUtils.mockWriterMetricGroup(metrics.getMetricGroup());

        @Override
        public SinkWriterMetricGroup metricGroup() {
            return group;
        }

        @Override
        public ProcessingTimeService getProcessingTimeService() {
            return this;
        }

        @Override
        public long getCurrentProcessingTime() {
            return System.currentTimeMillis();
        }

        @Override
        public ScheduledFuture<?> registerTimer(long time, ProcessingTimeCallback target) {
            return timer.schedule(
                    () ->
                            getMailboxExecutor()
                                    .execute(() -> target.onProcessingTime(time), "timer"),
                    time - getCurrentProcessingTime(),
                    TimeUnit.MILLISECONDS);
        }
    }
}

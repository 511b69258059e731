package io.massivepipeline.sinks.redis.metrics;

import io.massivepipeline.sinks.redis.AppendOutcome;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What the sink publishes, in the group {@code redis} of its operator. How many writes and bytes
 * were sent is counted by AsyncSink itself.
 */
public final class SinkMetrics {

    public static final String GROUP = "redis";
    public static final String BATCH_ENTRIES = "batchEntries";
    public static final String CALL_LATENCY_MICROS = "callLatencyMicros";
    public static final String BUFFERED_ENTRIES = "bufferedEntries";
    public static final String BUFFERED_BYTES = "bufferedBytes";

    private final Map<SinkCounter, Counter> counters = new EnumMap<>(SinkCounter.class);
    private final MetricGroup group;
    private final Histogram batchEntries;
    private final Histogram callLatency;

    public SinkMetrics(SinkWriterMetricGroup operator) {
        group = operator.addGroup(GROUP);
        for (SinkCounter counter : SinkCounter.values()) {
            counters.put(counter, group.counter(counter.publicName()));
        }
        batchEntries = group.histogram(BATCH_ENTRIES, new RecentHistogram(System::nanoTime));
        callLatency = group.histogram(CALL_LATENCY_MICROS, new RecentHistogram(System::nanoTime));
    }

    public void buffer(LongSupplier entries, LongSupplier bytes) {
        group.gauge(BUFFERED_ENTRIES, entries::getAsLong);
        group.gauge(BUFFERED_BYTES, bytes::getAsLong);
    }

    public void appended(AppendOutcome outcome) {
        add(SinkCounter.ENTRIES_APPENDED, outcome.appended());
        add(SinkCounter.ENTRIES_DUPLICATE, outcome.duplicates());
        add(SinkCounter.ENTRIES_LATE, outcome.late());
        add(SinkCounter.ENTRIES_TRIMMED, outcome.trimmed());
    }

    public void stale(long writes) {
        add(SinkCounter.WRITES_STALE, writes);
    }

    public void oversized() {
        add(SinkCounter.OVERSIZED, 1);
    }

    public void batchAcknowledged(long entries) {
        add(SinkCounter.BATCHES, 1);
        batchEntries.update(entries);
    }

    public void callAnswered(long nanos) {
        callLatency.update(nanos / 1_000);
    }

    public void retried() {
        add(SinkCounter.RETRIES, 1);
    }

    public void outage() {
        add(SinkCounter.OUTAGES, 1);
    }

    private void add(SinkCounter counter, long amount) {
        counters.get(counter).inc(amount);
    }
}

package io.massivepipeline.job.snapshot;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.apache.flink.util.clock.Clock;

/**
 * What the snapshots measure: {@code snapshotsPublished}, {@code snapshotsConflated}, {@code
 * snapshotsSkipped}; {@code snapshotsDue}, the keys that wait for the budget; {@code
 * snapshotCutMicros}, how long it takes to build what is published.
 */
final class SnapshotMetrics {

    private static final int HISTOGRAM_WINDOW = 10_000;
    private static final int NANOS_PER_MICRO = 1000;

    private final Counter published;
    private final Counter conflated;
    private final Counter skipped;
    private final Histogram cutMicros;
    private final Clock clock;

    private long begunAt;

    SnapshotMetrics(MetricGroup group, Gauge<Integer> due, Clock clock) {
        this.clock = clock;
        published = group.counter("snapshotsPublished");
        conflated = group.counter("snapshotsConflated");
        skipped = group.counter("snapshotsSkipped");
        cutMicros =
                group.histogram(
                        "snapshotCutMicros", new DescriptiveStatisticsHistogram(HISTOGRAM_WINDOW));
        group.gauge("snapshotsDue", due);
    }

    void begin() {
        begunAt = clock.relativeTimeNanos();
    }

    void published() {
        published.inc();
        cutMicros.update((clock.relativeTimeNanos() - begunAt) / NANOS_PER_MICRO);
    }

    void skipped() {
        skipped.inc();
    }

    void conflated(int cuts) {
        conflated.inc(cuts);
    }
}

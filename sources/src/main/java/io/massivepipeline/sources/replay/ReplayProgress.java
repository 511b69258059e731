package io.massivepipeline.sources.replay;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * How far a replay is, as metrics of the source operator: {@code feed.frames}, {@code feed.ticks},
 * {@code feed.context}, {@code feed.bytesRead} and {@code feed.bytesTotal}, the latter two in bytes
 * of the files, packed if they are.
 */
final class ReplayProgress {

    private final Counter frames;
    private final Counter ticks;
    private final Counter context;
    private volatile long bytesRead;
    private volatile long bytesTotal;

    ReplayProgress(MetricGroup parent) {
        MetricGroup group = parent.addGroup("feed");
        frames = group.counter("frames");
        ticks = group.counter("ticks");
        context = group.counter("context");
        group.gauge("bytesRead", () -> bytesRead);
        group.gauge("bytesTotal", () -> bytesTotal);
    }

    void frame() {
        frames.inc();
    }

    void tick() {
        ticks.inc();
    }

    void context() {
        context.inc();
    }

    void read(long bytes) {
        bytesRead = bytes;
    }

    void total(long bytes) {
        bytesTotal = bytes;
    }
}

package io.massivepipeline.sinks.redis.metrics;

import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;

import org.HdrHistogram.Recorder;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * A histogram of the last ten to twenty seconds, so that it shows what is and not what was. Updated
 * by one thread, read by others.
 */
final class RecentHistogram implements Histogram {

    private static final int DIGITS = 3;
    private static final long INTERVAL_NANOS = 10_000_000_000L;

    private final Recorder recorder = new Recorder(DIGITS);
    private final LongSupplier nanoClock;

    private org.HdrHistogram.Histogram previous = new org.HdrHistogram.Histogram(DIGITS);
    private org.HdrHistogram.Histogram current = new org.HdrHistogram.Histogram(DIGITS);
    private long currentSince;
    private final LongAdder count = new LongAdder();

    RecentHistogram(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.currentSince = nanoClock.getAsLong();
    }

    @Override
    public void update(long value) {
        recorder.recordValue(Math.max(0, value));
        count.increment();
    }

    @Override
    public long getCount() {
        return count.sum();
    }

    @Override
    public synchronized HistogramStatistics getStatistics() {
        if (nanoClock.getAsLong() - currentSince >= INTERVAL_NANOS) {
            previous = current;
            current = new org.HdrHistogram.Histogram(DIGITS);
            currentSince = nanoClock.getAsLong();
        }
        current.add(recorder.getIntervalHistogram());
        org.HdrHistogram.Histogram recent = previous.copy();
        recent.add(current);
        return new RecentStatistics(recent);
    }
}

package io.massivepipeline.job.report;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.Scheduled;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How far a replay is, on one line of a terminal that is written over and over, out of the metrics
 * of the job. Nothing is shown of a replay that is over before one would look.
 */
public final class ProgressReporter implements MetricReporter, Scheduled {

    private static final String BYTES_READ = "feed.bytesRead";
    private static final String BYTES_TOTAL = "feed.bytesTotal";
    private static final String FRAMES = "feed.frames";
    private static final String TRADES = "Parse.0.trades";

    private static final Set<String> WANTED = Set.of(BYTES_READ, BYTES_TOTAL, FRAMES, TRADES);

    private static final double PATIENCE_SECONDS = 3;

    private final Map<String, Metric> metrics = new ConcurrentHashMap<>();
    private final PrintStream terminal;
    private final LongSupplier nanoClock;

    private long start;
    private boolean shown;

    ProgressReporter(PrintStream terminal, LongSupplier nanoClock) {
        this.terminal = terminal;
        this.nanoClock = nanoClock;
    }

    @Override
    public void open(MetricConfig config) {
        start = nanoClock.getAsLong();
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        String identifier = group.getMetricIdentifier(name);
        for (String wanted : WANTED) {
            if (identifier.endsWith(wanted)) {
                metrics.put(wanted, metric);
            }
        }
    }

    /** The last values are kept until those of a restart replace them. */
    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {}

    @Override
    public void report() {
        double seconds = (nanoClock.getAsLong() - start) / 1e9;
        long total = value(BYTES_TOTAL);
        if (seconds < PATIENCE_SECONDS || total == 0) {
            return;
        }
        double part = Math.min(1, (double) value(BYTES_READ) / total);
        shown = true;
        terminal.printf(
                Locale.ROOT,
                "\r%3.0f %%  %,d of %,d MB  %,d frames  %,d trades  %,.0f trades/s  %s left   ",
                part * 100,
                value(BYTES_READ) >> 20,
                total >> 20,
                value(FRAMES),
                value(TRADES),
                value(TRADES) / seconds,
                part == 0 ? "?" : time((long) (seconds / part - seconds)));
        terminal.flush();
    }

    /** Ends the line. */
    @Override
    public void close() {
        if (shown) {
            terminal.println();
        }
    }

    private long value(String name) {
        Metric metric = metrics.get(name);
        if (metric instanceof Counter counter) {
            return counter.getCount();
        }
        return metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number
                ? number.longValue()
                : 0;
    }

    private static String time(long seconds) {
        return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }
}

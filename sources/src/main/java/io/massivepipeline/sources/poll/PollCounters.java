package io.massivepipeline.sources.poll;

import org.apache.flink.metrics.MetricGroup;

import org.HdrHistogram.Histogram;

import java.util.concurrent.TimeUnit;

/**
 * Counts what a poller does, in its thread, and shows it as metrics of the source operator in the
 * group {@code poll}: {@code runs}, {@code errors}, {@code pages}, {@code contracts}, {@code
 * latencyLastMs}, {@code latencyP99Ms}, {@code lastTs} and {@code rateLimited}, each as {@link
 * PollStatistics} has it.
 */
public final class PollCounters {

    private static final long MAX_LATENCY_MS = TimeUnit.HOURS.toMillis(1);
    private static final int DIGITS = 2;
    private static final double P99 = 99;

    private final PollKind kind;
    private final Histogram latencies = new Histogram(MAX_LATENCY_MS, DIGITS);
    private long runs;
    private long errors;
    private long pages;
    private long contracts;
    private long latencyLastMs;
    private long lastTs;
    private long rateLimited;
    private volatile PollStatistics shown;

    public PollCounters(PollKind kind, MetricGroup parent) {
        this.kind = kind;
        this.shown = statistics();
        MetricGroup group = parent.addGroup("poll");
        group.gauge("runs", () -> shown.runs());
        group.gauge("errors", () -> shown.errors());
        group.gauge("pages", () -> shown.pages());
        group.gauge("contracts", () -> shown.contracts());
        group.gauge("latencyLastMs", () -> shown.latencyLastMs());
        group.gauge("latencyP99Ms", () -> shown.latencyP99Ms());
        group.gauge("lastTs", () -> shown.lastTs());
        group.gauge("rateLimited", () -> shown.rateLimited());
    }

    /** Goes on counting where a job that failed was. How long rounds take, it learns anew. */
    public void resume(PollStatistics before) {
        runs = before.runs();
        errors = before.errors();
        pages = before.pages();
        contracts = before.contracts();
        latencyLastMs = before.latencyLastMs();
        lastTs = before.lastTs();
        rateLimited = before.rateLimited();
        shown = statistics();
    }

    /** Something did not come, or not as it should have. */
    public void error() {
        errors++;
    }

    public void page() {
        pages++;
    }

    public void rateLimited() {
        rateLimited++;
    }

    /**
     * A good answer came.
     *
     * @param at Unix milliseconds
     */
    public void answer(long at) {
        lastTs = at;
    }

    /**
     * A round is over.
     *
     * @param newestContracts how many contracts or prices the newest answers hold
     * @return how the poller fares now
     */
    public PollStatistics round(long nanos, long newestContracts) {
        runs++;
        contracts = newestContracts;
        latencyLastMs = TimeUnit.NANOSECONDS.toMillis(nanos);
        latencies.recordValue(Math.min(latencyLastMs, MAX_LATENCY_MS));
        shown = statistics();
        return shown;
    }

    private PollStatistics statistics() {
        return new PollStatistics(
                kind,
                runs,
                errors,
                pages,
                contracts,
                latencyLastMs,
                Math.min(latencies.getValueAtPercentile(P99), latencies.getMaxValue()),
                lastTs,
                rateLimited);
    }
}

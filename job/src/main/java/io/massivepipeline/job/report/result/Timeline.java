package io.massivepipeline.job.report.result;

import java.util.List;

/**
 * Trades per second over the time of a feed.
 *
 * @param start of the first step, Unix milliseconds
 * @param stepSeconds over how many seconds each rate is the mean
 * @param series one an underlying, most trades first; the rest of them as one
 */
public record Timeline(long start, int stepSeconds, List<Series> series) {

    /**
     * Rates of an underlying.
     *
     * @param name the underlying, or {@code other}
     * @param rates on-time trades per second, a value for each step
     */
    public record Series(String name, double[] rates) {}
}

package io.massivepipeline.job.benchmark;

import org.HdrHistogram.Histogram;

import java.util.List;

/**
 * How long after they were sent trades were seen.
 *
 * @param micros in microseconds
 */
record Delays(Histogram micros) {

    double millis(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1e3;
    }

    double maxMillis() {
        return micros.getMaxValue() / 1e3;
    }

    /** Of how many trades. */
    long count() {
        return micros.getTotalCount();
    }

    /** The median over rounds of what a percentile was in each of them, milliseconds. */
    static double median(List<Delays> rounds, double percentile) {
        double[] sorted =
                rounds.stream().mapToDouble(each -> each.millis(percentile)).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}

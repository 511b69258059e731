package io.massivepipeline.sinks.redis.metrics;

import org.apache.flink.metrics.HistogramStatistics;

import org.HdrHistogram.Histogram;

import java.util.stream.StreamSupport;

/** A look at a histogram, in Flink's words. */
final class RecentStatistics extends HistogramStatistics {

    private final Histogram histogram;

    RecentStatistics(Histogram histogram) {
        this.histogram = histogram;
    }

    @Override
    public double getQuantile(double quantile) {
        return histogram.getValueAtPercentile(quantile * 100);
    }

    /** The distinct values that were recorded, within the histogram's precision. */
    @Override
    public long[] getValues() {
        return StreamSupport.stream(histogram.recordedValues().spliterator(), false)
                .mapToLong(value -> value.getValueIteratedTo())
                .toArray();
    }

    @Override
    public int size() {
        return (int) Math.min(Integer.MAX_VALUE, histogram.getTotalCount());
    }

    @Override
    public double getMean() {
        return histogram.getMean();
    }

    @Override
    public double getStdDev() {
        return histogram.getStdDeviation();
    }

    @Override
    public long getMax() {
        return histogram.getMaxValue();
    }

    @Override
    public long getMin() {
        return histogram.getTotalCount() == 0 ? 0 : histogram.getMinValue();
    }
}

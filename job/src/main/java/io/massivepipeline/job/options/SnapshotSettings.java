package io.massivepipeline.job.options;

import org.apache.flink.configuration.Configuration;

import java.io.Serializable;
import java.time.Duration;

/**
 * What the snapshots are of and how many there may be.
 *
 * @param underlyings which have snapshots and top contracts
 * @param interval of cuts, event time
 * @param maxRate publications a second of the wall clock over all keys; 0 for no limit
 */
public record SnapshotSettings(UnderlyingFilter underlyings, Duration interval, double maxRate)
        implements Serializable {

    static SnapshotSettings from(Configuration options) {
        UnderlyingFilter underlyings =
                UnderlyingFilter.parse(
                        options.getOptional(PipelineOptions.SNAPSHOT_UNDERLYINGS)
                                .orElse(
                                        PipelineSettings.read(
                                                options, PipelineOptions.UNDERLYINGS)));
        Duration interval = PipelineSettings.read(options, PipelineOptions.SNAPSHOT_INTERVAL);
        PipelineSettings.require(
                interval.toMillis() >= 1, "--snapshot.interval must be at least 1 ms.");
        double maxRate = PipelineSettings.read(options, PipelineOptions.SNAPSHOT_MAX_RATE);
        PipelineSettings.require(
                maxRate >= 0 && !Double.isInfinite(maxRate),
                "--snapshot.max-rate must be 0 or a number of publications a second.");
        return new SnapshotSettings(underlyings, interval, maxRate);
    }
}

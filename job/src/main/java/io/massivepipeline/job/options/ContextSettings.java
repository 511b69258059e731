package io.massivepipeline.job.options;

import org.apache.flink.configuration.Configuration;

import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is selected of option chains, live and in a replay.
 *
 * @param underlyings those that have chains
 * @param chainInterval from one poll of a chain to the next, which says how long its snapshots live
 * @param expirations how many of the first listed expiries are selected
 * @param rangeMultiplier how many standard deviations wide a half of the strike window is
 */
public record ContextSettings(
        Set<String> underlyings, Duration chainInterval, int expirations, double rangeMultiplier) {

    private static final Pattern UNDERLYING = Pattern.compile("[A-Z][A-Z0-9.]*");
    private static final int MOST_EXPIRATIONS = 50;

    static ContextSettings from(Configuration options) {
        Set<String> underlyings =
                TextList.of(PipelineSettings.read(options, PipelineOptions.UNDERLYINGS)).asSet();
        PipelineSettings.require(
                underlyings.stream().allMatch(name -> UNDERLYING.matcher(name).matches()),
                "--underlyings must be names such as SPX,NDX: chains are listed by name.");
        int expirations = PipelineSettings.read(options, PipelineOptions.CHAIN_EXPIRATIONS);
        PipelineSettings.require(
                expirations >= 1 && expirations <= MOST_EXPIRATIONS,
                "--chain.expirations must be from 1 to " + MOST_EXPIRATIONS + ".");
        double multiplier = PipelineSettings.read(options, PipelineOptions.CHAIN_RANGE_MULTIPLIER);
        PipelineSettings.require(
                multiplier > 0 && !Double.isInfinite(multiplier),
                "--chain.range-multiplier must be above 0.");
        return new ContextSettings(
                underlyings,
                PipelineSettings.positive(options, PipelineOptions.CHAIN_INTERVAL),
                expirations,
                multiplier);
    }
}

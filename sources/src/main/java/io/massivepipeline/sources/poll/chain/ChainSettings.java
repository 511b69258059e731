package io.massivepipeline.sources.poll.chain;

import io.massivepipeline.sources.poll.PollTime;
import io.massivepipeline.sources.poll.rest.RestSettings;

import java.io.Serializable;
import java.util.List;

/**
 * Which chains are asked for, and how; made by {@link ChainSourceBuilder}.
 *
 * @param underlyings without the provider's prefix
 * @param expirations how many of the first listed expiries
 * @param rangeMultiplier how many standard deviations a half of the strike window is wide
 * @param time of context, of the trade date and of waiting
 */
record ChainSettings(
        RestSettings rest,
        List<String> underlyings,
        int expirations,
        double rangeMultiplier,
        PollTime time)
        implements Serializable {

    private static final long serialVersionUID = 1L;
}

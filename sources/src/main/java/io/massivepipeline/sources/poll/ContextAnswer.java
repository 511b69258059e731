package io.massivepipeline.sources.poll;

import io.massivepipeline.sources.poll.chain.ChainPoll;
import io.massivepipeline.sources.poll.spot.SpotPoll;

/**
 * What a poll brought, live or from a capture: prices or a chain. The other one is null.
 *
 * @param spot prices, or null
 * @param chain a chain, or null
 */
public record ContextAnswer(SpotPoll spot, ChainPoll chain) {

    public ContextAnswer {
        if ((spot == null) == (chain == null)) {
            throw new IllegalArgumentException("An answer is either prices or a chain.");
        }
    }

    public static ContextAnswer of(SpotPoll prices) {
        return new ContextAnswer(prices, null);
    }

    public static ContextAnswer of(ChainPoll chain) {
        return new ContextAnswer(null, chain);
    }

    /** Context time: when the answer came, Unix milliseconds. */
    public long polledAt() {
        return spot != null ? spot.polledAt() : chain.polledAt();
    }
}

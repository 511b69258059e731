package io.massivepipeline.job.context;

/**
 * What is broadcast: a new price or a new selection, by {@link #at()} in order. The other one is
 * null.
 */
public record ContextUpdate(Spot spot, ChainContext chain) {

    public ContextUpdate {
        if ((spot == null) == (chain == null)) {
            throw new IllegalArgumentException("An update is either a price or a selection.");
        }
    }

    public static ContextUpdate of(Spot spot) {
        return new ContextUpdate(spot, null);
    }

    public static ContextUpdate of(ChainContext chain) {
        return new ContextUpdate(null, chain);
    }

    /** Context time from which it holds, Unix milliseconds. */
    public long at() {
        return spot != null ? spot.at() : chain.at();
    }
}

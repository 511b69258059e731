package io.massivepipeline.job.structure;

import io.massivepipeline.sources.trade.OptionTrade;

import java.util.Objects;

/**
 * A trade with its place in its stream, the entry id {@code <timestamp>-<entrySequence>}.
 *
 * @param entrySequence unsigned
 */
public record IdentifiedTrade(OptionTrade trade, long entrySequence)
        implements Comparable<IdentifiedTrade> {

    public IdentifiedTrade {
        Objects.requireNonNull(trade, "trade");
    }

    /** The order of entry ids. */
    @Override
    public int compareTo(IdentifiedTrade other) {
        int byTime = Long.compare(trade.timestamp(), other.trade.timestamp());
        return byTime != 0 ? byTime : Long.compareUnsigned(entrySequence, other.entrySequence);
    }
}

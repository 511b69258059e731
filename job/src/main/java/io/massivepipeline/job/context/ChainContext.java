package io.massivepipeline.job.context;

import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.sources.poll.chain.ChainContract;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/**
 * What is selected of an expiry from a moment on. Strikes are in thousandths of a dollar.
 *
 * @param stream underlying and expiry
 * @param at context time from which it holds, Unix milliseconds: that of the poll, of the chain or
 *     of spot, which led to it
 * @param polledAt when the chain was polled, Unix milliseconds
 * @param dteDays calendar days in New York to the expiry
 * @param dteIndex the place of the expiry in the list of listed ones
 * @param spot the price it was selected by
 * @param atm the listed strike nearest to spot
 * @param rangePoints half the width of the strike window, dollars
 * @param strikeStep the most frequent distance of strikes
 * @param strikeMin the lowest strike in the window
 * @param strikeMax the highest strike in the window
 * @param contracts those in the window, by strike, root and right
 */
public record ChainContext(
        StreamKey stream,
        long at,
        long polledAt,
        int dteDays,
        int dteIndex,
        BigDecimal spot,
        long atm,
        long rangePoints,
        long strikeStep,
        long strikeMin,
        long strikeMax,
        List<ChainContract> contracts) {

    public ChainContext {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(contracts, "contracts");
    }

    /** Whether it is the same contracts that are selected, whatever their quotes. */
    boolean hasContracts(List<ChainContract> others) {
        if (contracts.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < contracts.size(); i++) {
            if (!contracts.get(i).ticker().equals(others.get(i).ticker())) {
                return false;
            }
        }
        return true;
    }
}

package io.massivepipeline.job.context;

import io.massivepipeline.sources.calendar.ExpiryDate;
import io.massivepipeline.sources.poll.chain.ChainContract;
import io.massivepipeline.sources.poll.chain.StrikeWindow;

import java.math.BigDecimal;
import java.util.List;

/** Selects what matters of an expiry: the listed contracts in a window of strikes around spot. */
final class ExpirySelector {

    private static final long THOUSANDTHS = 1000;

    private final StrikeWindow window;

    /**
     * @param rangeMultiplier how many standard deviations wide a half of the window is
     */
    ExpirySelector(double rangeMultiplier) {
        this.window = new StrikeWindow(rangeMultiplier);
    }

    /**
     * The selection before, if the same strike is at the money and the same contracts are in the
     * window, as with most prices that a second brings; else a new one.
     *
     * @param before null if there is none, or if all is to be selected anew
     * @param vix null if there is none
     * @param at context time, Unix milliseconds
     */
    ChainContext select(
            ChainContext before, ListedExpiry listed, BigDecimal spot, BigDecimal vix, long at) {
        int days = ExpiryDate.daysFrom(at, listed.stream().expiry());
        long range = window.range(spot, vix, days);
        long atm = listed.nearestStrike(spot);
        List<ChainContract> contracts =
                listed.between(atm - range * THOUSANDTHS, atm + range * THOUSANDTHS);
        if (before != null && before.atm() == atm && before.hasContracts(contracts)) {
            return before;
        }
        long[] strikes = ListedExpiry.strikes(contracts);
        return new ChainContext(
                listed.stream(),
                at,
                listed.polledAt(),
                days,
                listed.index(),
                spot,
                atm,
                range,
                StrikeSteps.mostFrequent(strikes),
                strikes[0],
                strikes[strikes.length - 1],
                List.copyOf(contracts));
    }
}

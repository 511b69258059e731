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
     * @param listed not empty
     * @param vix null if there is none
     * @param at context time, Unix milliseconds
     */
    ChainContext select(ListedExpiry listed, BigDecimal spot, BigDecimal vix, long at) {
        int days = ExpiryDate.daysFrom(at, listed.stream().expiry());
        long range = window.range(spot, vix, days);
        long atm = listed.nearestStrike(spot);
        List<ChainContract> contracts =
                listed.between(atm - range * THOUSANDTHS, atm + range * THOUSANDTHS);
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
                contracts);
    }
}

package io.massivepipeline.job.analytics;

import java.math.BigDecimal;

/**
 * What some trades add up to, repeats not among them. Sizes are in contracts.
 *
 * @param trades how many, whatever their reports
 * @param callVolume sizes of regular trades in calls
 * @param putVolume sizes of regular trades in puts
 * @param lateVolume sizes of trades that are reported late
 * @param cancelledVolume sizes of trades that are reported as cancelled
 * @param premium price * size * 100 of regular trades, dollars, exact
 * @param bursts groups of two or more on-time trades of one contract in one millisecond
 * @param largestGroup the largest group of on-time trades of one contract in one millisecond, from
 *     1; 0 if no trade was on time
 * @param lastTimestamp newest {@code t}, 0 if there is no trade
 */
public record TradeSums(
        long trades,
        long callVolume,
        long putVolume,
        long lateVolume,
        long cancelledVolume,
        BigDecimal premium,
        long bursts,
        int largestGroup,
        long lastTimestamp) {

    /** Of no trades. */
    public static final TradeSums NONE = new TradeSums(0, 0, 0, 0, 0, BigDecimal.ZERO, 0, 0, 0);

    /** Sizes of regular trades. */
    public long volume() {
        return callVolume + putVolume;
    }

    /** The largest burst, 0 if there was none: one trade is none. */
    public int burstMax() {
        return largestGroup > 1 ? largestGroup : 0;
    }

    /** Both together. */
    public TradeSums plus(TradeSums other) {
        return new TradeSums(
                trades + other.trades,
                callVolume + other.callVolume,
                putVolume + other.putVolume,
                lateVolume + other.lateVolume,
                cancelledVolume + other.cancelledVolume,
                premium.add(other.premium).stripTrailingZeros(),
                bursts + other.bursts,
                Math.max(largestGroup, other.largestGroup),
                Math.max(lastTimestamp, other.lastTimestamp));
    }
}

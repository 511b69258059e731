package io.massivepipeline.job.analytics;

/**
 * What became of some released trades, without the repeats among them.
 *
 * @param duplicates repeats that were dropped
 * @param late trades that arrived later than the ordering delay
 * @param cancels trades reported as cancelled
 * @param lateReports trades reported as late or out of sequence
 * @param volume contracts in regular trades
 * @param bursts groups of two or more on-time trades of one contract in one millisecond
 * @param burstMax the largest of them, 0 if there was none
 * @param streams streams that released their first trade
 * @param lastTimestamp newest {@code t}, 0 if there was no trade
 */
public record TradeCounts(
        long duplicates,
        long late,
        long cancels,
        long lateReports,
        long volume,
        long bursts,
        int burstMax,
        long streams,
        long lastTimestamp) {

    /** Nothing yet. */
    public static final TradeCounts NONE = new TradeCounts(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Both together. */
    public TradeCounts plus(TradeCounts other) {
        return new TradeCounts(
                duplicates + other.duplicates,
                late + other.late,
                cancels + other.cancels,
                lateReports + other.lateReports,
                volume + other.volume,
                bursts + other.bursts,
                Math.max(burstMax, other.burstMax),
                streams + other.streams,
                Math.max(lastTimestamp, other.lastTimestamp));
    }
}

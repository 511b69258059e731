package io.massivepipeline.job.analytics;

/**
 * The seconds from which rates are read: those within the last sixty completed ones and those that
 * are not completed yet. Seconds may come in parts and in any order.
 *
 * @param counts the seconds
 * @param best the most trades that a second ever had
 */
public record RecentSeconds(SecondCounts counts, long best) {

    /** No trades yet. */
    public static final RecentSeconds NONE = new RecentSeconds(SecondCounts.NONE, 0);

    /**
     * With more trades.
     *
     * @param completed the end of the last completed second
     */
    RecentSeconds plus(SecondCounts more, long completed) {
        SecondCounts all = counts.plus(more);
        return new RecentSeconds(
                all.after(completed - EventSeconds.MINUTE), Math.max(best, all.best()));
    }

    /** The rates as of a completed second. */
    Rates rates(long completed) {
        return counts.rates(completed, best);
    }

    /** Whether rates would change if nothing but time happened. */
    boolean isActive(long completed) {
        return !counts.after(completed - EventSeconds.MINUTE).isEmpty();
    }
}

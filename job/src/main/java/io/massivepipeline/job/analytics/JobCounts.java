package io.massivepipeline.job.analytics;

/**
 * What is to be added to the whole job's counters.
 *
 * @param trades what became of some trades
 * @param seconds how many on-time trades there were in some seconds
 * @param snapshots what became of some cuts
 */
public record JobCounts(TradeCounts trades, SecondCounts seconds, SnapshotCounts snapshots) {

    JobCounts(TradeCounts trades, SecondCounts seconds) {
        this(trades, seconds, SnapshotCounts.NONE);
    }

    /** Of snapshots alone. */
    public static JobCounts of(SnapshotCounts snapshots) {
        return new JobCounts(TradeCounts.NONE, SecondCounts.NONE, snapshots);
    }
}

package io.massivepipeline.job.analytics;

import io.massivepipeline.job.structure.FeedCounts;

/**
 * What the whole job's counters are made of.
 *
 * @param feed what the feed held
 * @param trades what became of its trades
 * @param seconds the seconds of late
 * @param snapshots what became of cuts; null in states from before there were any
 */
public record JobState(
        FeedCounts feed, TradeCounts trades, RecentSeconds seconds, SnapshotCounts snapshots) {

    /** Nothing yet. */
    static final JobState NONE =
            new JobState(
                    FeedCounts.NONE, TradeCounts.NONE, RecentSeconds.NONE, SnapshotCounts.NONE);

    @Override
    public SnapshotCounts snapshots() {
        return snapshots == null ? SnapshotCounts.NONE : snapshots;
    }
}

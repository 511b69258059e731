package io.massivepipeline.job.analytics;

import io.massivepipeline.job.structure.FeedCounts;

/**
 * The whole job's counters, from the first start of its state.
 *
 * @param feed what the feed held
 * @param trades what became of its trades
 * @param rates of the on-time trades
 * @param snapshots what became of cuts
 */
public record JobTotals(
        FeedCounts feed, TradeCounts trades, Rates rates, SnapshotCounts snapshots) {}

package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.analytics.SnapshotCounts;

import java.util.Optional;

/** Adds up what became of cuts until it is handed on. */
final class SnapshotTally {

    private long published;
    private long conflated;
    private long skipped;
    private long[] rows = SnapshotCounts.noRows();

    void published(int changedRows) {
        published++;
        rows[SnapshotCounts.placeOf(changedRows)]++;
    }

    void conflated(int cuts) {
        conflated += cuts;
    }

    void skipped() {
        skipped++;
    }

    /** What came together since the last call, if anything. */
    Optional<SnapshotCounts> take() {
        if (published + conflated + skipped == 0) {
            return Optional.empty();
        }
        SnapshotCounts counts = new SnapshotCounts(published, conflated, skipped, rows);
        published = 0;
        conflated = 0;
        skipped = 0;
        rows = SnapshotCounts.noRows();
        return Optional.of(counts);
    }
}

package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.analytics.SnapshotCounts;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Takes cuts, builds what is published of them, and counts both. */
final class Publisher {

    private final RowText rowText = new RowText();
    private final SnapshotText text = new SnapshotText();
    private final SnapshotTally tally = new SnapshotTally();
    private final SnapshotMetrics metrics;
    private final LongSupplier wallClock;
    private final Consumer<Publication> out;

    Publisher(SnapshotMetrics metrics, LongSupplier wallClock, Consumer<Publication> out) {
        this.metrics = metrics;
        this.wallClock = wallClock;
        this.out = out;
    }

    /** Takes in what belongs to the cuts up to one, without a look at what that changes. */
    void gather(long cut, ExpirySnapshot snapshot) {
        snapshot.advanceTo(cut, rowText);
    }

    /**
     * Takes a cut, unless it is taken, and publishes it if it differs from what was published last.
     *
     * @return whether it does
     */
    boolean publish(long cut, ExpirySnapshot snapshot) {
        metrics.begin();
        if (cut > snapshot.cut()) {
            snapshot.advanceTo(cut, rowText);
        }
        Rows.Changes changes = snapshot.rows().settle(rowText);
        if (changes.isEmpty() && !snapshot.headChanged()) {
            tally.skipped();
            metrics.skipped();
            return false;
        }
        long base = snapshot.version();
        snapshot.published();
        long now = wallClock.getAsLong();
        Publication publication =
                new Publication(
                        snapshot.stream(),
                        snapshot.version(),
                        now,
                        snapshot.rows().size(),
                        text.value(snapshot, now),
                        text.diff(snapshot, now, base, changes));
        tally.published(changes.changed().size() + changes.removed().size());
        metrics.published();
        out.accept(publication);
        return true;
    }

    /**
     * Counts cuts that came together.
     *
     * @param cuts of which one is published at most
     */
    void together(int cuts) {
        if (cuts > 1) {
            tally.conflated(cuts - 1);
            metrics.conflated(cuts - 1);
        }
    }

    /** What became of cuts since the last call, if there was any. */
    Optional<SnapshotCounts> counts() {
        return tally.take();
    }
}

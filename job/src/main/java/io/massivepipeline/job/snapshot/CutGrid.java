package io.massivepipeline.job.snapshot;

import java.io.Serializable;

/**
 * The instants of event time at which cuts are taken: the multiples of an interval. Cut T holds the
 * trades before T and the context up to T.
 *
 * @param intervalMs at least 1
 */
record CutGrid(long intervalMs) implements Serializable {

    CutGrid {
        if (intervalMs < 1) {
            throw new IllegalArgumentException("Cuts need an interval of at least 1 ms.");
        }
    }

    /** The first cut after an instant, to which a trade of that instant belongs. */
    long after(long instant) {
        return (Math.floorDiv(instant, intervalMs) + 1) * intervalMs;
    }

    /** The first cut at or after an instant, to which context of that instant belongs. */
    long atOrAfter(long instant) {
        return after(instant - 1);
    }

    /** The newest cut that is over once everything up to a watermark has come. */
    long newestOver(long watermark) {
        return Math.floorDiv(watermark + 1, intervalMs) * intervalMs;
    }
}

package io.massivepipeline.job.snapshot;

/** How far event time is, of which cuts are over. */
final class CutClock {

    private static final long UNKNOWN = Long.MIN_VALUE;

    private final CutGrid grid;

    private long watermark = UNKNOWN;
    private long contextWatermark = UNKNOWN;

    CutClock(CutGrid grid) {
        this.grid = grid;
    }

    CutGrid grid() {
        return grid;
    }

    /** Everything up to then has come, trades and context. */
    void advanceTo(long time) {
        watermark = time;
    }

    /** All context up to then has come. */
    void advanceContextTo(long time) {
        contextWatermark = time;
    }

    /** Whether no trade has told event time yet, or none since a restart. */
    boolean isUnknown() {
        return watermark == UNKNOWN;
    }

    /** The newest watermark, 0 if there is none. */
    long time() {
        return isUnknown() ? 0 : watermark;
    }

    /** The newest cut that is over, Long.MIN_VALUE if there is none. */
    long newestOver() {
        return isUnknown() ? UNKNOWN : grid.newestOver(watermark);
    }

    /**
     * The cut to which context belongs: never one that event time has passed.
     *
     * @param contextTime Unix milliseconds
     */
    long cutOfContext(long contextTime) {
        long known = Math.max(watermark, contextWatermark);
        long first = grid.atOrAfter(contextTime);
        return known == UNKNOWN ? first : Math.max(first, grid.after(grid.newestOver(known)));
    }
}

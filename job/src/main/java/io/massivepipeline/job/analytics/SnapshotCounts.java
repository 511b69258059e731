package io.massivepipeline.job.analytics;

import java.util.Arrays;

/**
 * What became of the cuts of snapshots.
 *
 * @param published written
 * @param conflated merged into a later one by the budget
 * @param skipped without a change
 * @param rows how many publications had how many changed rows: up to {@value #EXACT} exactly, above
 *     in steps of {@value #STEP}; not to be changed
 */
public record SnapshotCounts(long published, long conflated, long skipped, long[] rows) {

    /** Nothing yet. */
    public static final SnapshotCounts NONE = new SnapshotCounts(0, 0, 0, new long[0]);

    private static final int EXACT = 128;
    private static final int STEP = 32;
    private static final int PLACES = 256;

    /** An array for the numbers of publications, all 0. */
    public static long[] noRows() {
        return new long[PLACES];
    }

    /** Where publications with so many changed rows are counted. */
    public static int placeOf(int changedRows) {
        return changedRows < EXACT
                ? changedRows
                : Math.min(PLACES - 1, EXACT + (changedRows - EXACT) / STEP);
    }

    /** Both together. */
    public SnapshotCounts plus(SnapshotCounts other) {
        boolean isLonger = rows.length > other.rows.length;
        long[] sum = (isLonger ? rows : other.rows).clone();
        long[] added = isLonger ? other.rows : rows;
        Arrays.setAll(sum, i -> i < added.length ? sum[i] + added[i] : sum[i]);
        return new SnapshotCounts(
                published + other.published,
                conflated + other.conflated,
                skipped + other.skipped,
                sum);
    }

    /**
     * How many changed rows a part of the publications had at most, 0 if there was none.
     *
     * @param part 0.5 for the median
     */
    public long rowsAt(double part) {
        long rank = (long) Math.ceil(part * Arrays.stream(rows).sum());
        long below = 0;
        for (int place = 0; place < rows.length; place++) {
            below += rows[place];
            if (below >= rank && below > 0) {
                return place < EXACT ? place : EXACT + (long) (place - EXACT) * STEP;
            }
        }
        return 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SnapshotCounts that
                && published == that.published
                && conflated == that.conflated
                && skipped == that.skipped
                && Arrays.equals(rows, that.rows);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(published) + Arrays.hashCode(rows);
    }

    @Override
    public String toString() {
        return "SnapshotCounts[published %d, conflated %d, skipped %d]"
                .formatted(published, conflated, skipped);
    }
}

package io.massivepipeline.job.analytics;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SnapshotCountsTest {

    @Test
    void nothingHasNoRows() {
        assertThat(SnapshotCounts.NONE.rowsAt(0.5)).isZero();
        assertThat(SnapshotCounts.NONE.plus(of(7)).rowsAt(0.5)).isEqualTo(7);
    }

    @Test
    void quantilesAreOfAllThatWasAdded() {
        SnapshotCounts sum = SnapshotCounts.NONE;
        for (int rows = 1; rows <= 100; rows++) {
            sum = sum.plus(of(rows));
        }

        assertThat(sum.published()).isEqualTo(100);
        assertThat(sum.rowsAt(0.5)).isEqualTo(50);
        assertThat(sum.rowsAt(0.99)).isEqualTo(99);
        assertThat(sum.rowsAt(1)).isEqualTo(100);
    }

    @Test
    void manyRowsAreToldInSteps() {
        assertThat(of(127).rowsAt(0.5)).isEqualTo(127);
        assertThat(of(128).rowsAt(0.5)).isEqualTo(128);
        assertThat(of(400).rowsAt(0.5)).isBetween(368L, 400L);
        assertThat(of(1_000_000).rowsAt(0.5)).isBetween(4000L, 1_000_000L);
    }

    private static SnapshotCounts of(int changedRows) {
        long[] rows = SnapshotCounts.noRows();
        rows[SnapshotCounts.placeOf(changedRows)]++;
        return new SnapshotCounts(1, 0, 0, rows);
    }
}

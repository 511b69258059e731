package io.massivepipeline.job.snapshot;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CutGridTest {

    private final CutGrid grid = new CutGrid(200);

    @Test
    void aTradeBelongsToTheFirstCutAfterItContextToTheFirstAtOrAfterIt() {
        assertThat(grid.after(999)).isEqualTo(1000);
        assertThat(grid.after(1000)).isEqualTo(1200);
        assertThat(grid.atOrAfter(1000)).isEqualTo(1000);
        assertThat(grid.atOrAfter(1001)).isEqualTo(1200);
    }

    @Test
    void aCutIsOverOnceNothingBeforeItCanCome() {
        assertThat(grid.newestOver(998)).isEqualTo(800);
        assertThat(grid.newestOver(999)).isEqualTo(1000);
    }

    @Test
    void noIntervalIsNone() {
        assertThatThrownBy(() -> new CutGrid(0)).isInstanceOf(IllegalArgumentException.class);
    }
}

package io.massivepipeline.job.analytics;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SecondCountsTest {

    @Test
    void putsPartsOfTheSameSecondsTogetherInAnyOrder() {
        SecondCounts counts =
                SecondCounts.NONE
                        .plus(SecondCounts.of(3000, 5))
                        .plus(SecondCounts.of(1000, 1))
                        .plus(SecondCounts.of(3000, 2))
                        .plus(SecondCounts.NONE);

        assertThat(counts).isEqualTo(new SecondCounts(new long[] {1000, 3000}, new long[] {1, 7}));
        assertThat(counts.best()).isEqualTo(7);
    }

    @Test
    void partsOfThemAreSecondCountsToo() {
        SecondCounts counts = new SecondCounts(new long[] {1000, 3000}, new long[] {1, 7});

        assertThat(counts.range(0, 2)).isEqualTo(counts);
        assertThat(counts.range(1, 2)).isEqualTo(SecondCounts.of(3000, 7));
    }

    @Test
    void forgetsSecondsThatEndAtOrBeforeAnInstant() {
        SecondCounts counts = SecondCounts.of(1000, 1).plus(SecondCounts.of(2000, 2));

        assertThat(counts.after(999)).isEqualTo(counts);
        assertThat(counts.after(1000)).isEqualTo(SecondCounts.of(2000, 2));
        assertThat(counts.after(2000).isEmpty()).isTrue();
    }

    @Test
    void ratesAreOverCompletedSecondsOnly() {
        SecondCounts counts =
                SecondCounts.of(1000, 1)
                        .plus(SecondCounts.of(2000, 10))
                        .plus(SecondCounts.of(51_000, 100))
                        .plus(SecondCounts.of(52_000, 1000))
                        .plus(SecondCounts.of(61_000, 10_000))
                        .plus(SecondCounts.of(62_000, 100_000));

        assertThat(counts.rates(61_000, 7)).isEqualTo(new Rates(10_000, 11_000, 11_110, 7));
    }

    @Test
    void theBestSecondIsRememberedLongAfterItLeftTheMinute() {
        RecentSeconds seconds =
                RecentSeconds.NONE
                        .plus(SecondCounts.of(1000, 9), 1000)
                        .plus(SecondCounts.of(100_000, 4), 100_000);

        assertThat(seconds.rates(100_000)).isEqualTo(new Rates(4, 4, 4, 9));
        assertThat(seconds.counts()).isEqualTo(SecondCounts.of(100_000, 4));
    }

    @Test
    void nothingChangesOnceAllSecondsAreOlderThanAMinute() {
        RecentSeconds seconds = RecentSeconds.NONE.plus(SecondCounts.of(1000, 9), 1000);

        assertThat(seconds.isActive(60_000)).isTrue();
        assertThat(seconds.isActive(61_000)).isFalse();
    }
}

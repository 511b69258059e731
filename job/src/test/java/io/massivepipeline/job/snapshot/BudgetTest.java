package io.massivepipeline.job.snapshot;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class BudgetTest {

    private static final long NOW = 1_000_000;

    @Test
    void noRateIsNoLimit() {
        Budget budget = new Budget(0);

        assertThat(budget.isUnlimited()).isTrue();
        for (int i = 0; i < 1000; i++) {
            assertThat(budget.take(NOW)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {20, 25, 33.3, 100, 1000})
    void noSecondHasMoreThanTheRateHoweverTokensAreTaken(double rate) {
        // Given somebody who takes what there is, at random moments
        Budget budget = new Budget(rate);
        Random random = new Random(7);
        List<Long> taken = new ArrayList<>();
        for (long now = NOW; now < NOW + 60_000; now += 1 + random.nextInt(40)) {
            while (budget.take(now)) {
                taken.add(now);
            }
        }

        // Then no second has more, and a minute has not much less
        for (int i = 0; i < taken.size(); i++) {
            long second = taken.get(i) + 1000;
            assertThat(taken.subList(i, taken.size()).stream().filter(at -> at < second).count())
                    .isLessThanOrEqualTo((long) rate);
        }
        assertThat(taken.size()).isGreaterThan((int) (0.6 * 60 * rate));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 10, 100, 1000})
    void whoComesWhenToldGetsATokenAndNearlyTheRate(double rate) {
        Budget budget = new Budget(rate);
        long now = NOW;
        int taken = 0;
        while (now < NOW + 100_000) {
            while (budget.take(now)) {
                taken++;
            }
            long next = budget.nextAt(now);
            assertThat(next).isGreaterThan(now);
            now = next;
            assertThat(budget.take(now)).isTrue();
            taken++;
        }
        assertThat((double) taken).isBetween(0.94 * 100 * rate - 1, 100 * rate + 2);
    }

    @Test
    void aClockThatGoesBackFillsNothing() {
        Budget budget = new Budget(10);
        assertThat(budget.take(NOW)).isTrue();

        assertThat(budget.take(NOW - 5000)).isFalse();
        assertThat(budget.take(NOW - 4950)).isFalse();
        assertThat(budget.take(NOW - 4900)).isTrue();
    }

    @Test
    void aClockThatGoesBackAnHourHoldsNothingUp() {
        Budget budget = new Budget(100);
        while (budget.take(NOW)) {
            assertThat(budget.nextAt(NOW)).isGreaterThan(NOW);
        }
        long earlier = NOW - 3_600_000;
        assertThat(budget.take(earlier)).isFalse();

        assertThat(budget.nextAt(earlier)).isLessThanOrEqualTo(earlier + 10);
        assertThat(budget.take(earlier + 10)).isTrue();
    }

    @Test
    void aTokenGivenBackCanBeTaken() {
        Budget budget = new Budget(1);
        assertThat(budget.take(NOW)).isTrue();
        budget.giveBack();

        assertThat(budget.take(NOW)).isTrue();
        assertThat(budget.take(NOW)).isFalse();
    }
}

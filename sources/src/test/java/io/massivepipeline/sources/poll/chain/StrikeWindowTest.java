package io.massivepipeline.sources.poll.chain;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;

import static org.assertj.core.api.Assertions.assertThat;

class StrikeWindowTest {

    /** Computed by hand with {@code bc}. */
    @ParameterizedTest
    @CsvSource({
        "2.0, 6878.49, 14.1, 1, 122",
        "2.0, 6878.49, 14.1, 0, 122",
        "2.0, 6878.49, 14.1, -1, 122",
        "2.0, 6878.49, 14.1, 4, 244",
        "2.0, 25460, 14.1, 7, 1197",
        "1.0, 25460, 14.1, 7, 598",
        "2.0, 685.8, 14.1, 0, 12",
        "2.0, 685.8, 80, 0, 69"
    })
    void isDeviationsOfTheTimeLeft(
            double multiplier, BigDecimal spot, BigDecimal vix, int days, long range) {
        assertThat(new StrikeWindow(multiplier).range(spot, vix, days)).isEqualTo(range);
    }

    /** At 252 and 63 days the root is 1 and 0.5, so the product is exactly a half. */
    @ParameterizedTest
    @CsvSource({
        "2.0, 6852.5, 10, 252, 1370",
        "2.0, 6857.5, 10, 252, 1372",
        "2.0, 6852.49, 10, 252, 1370",
        "2.0, 6852.51, 10, 252, 1371",
        "2.0, 6705, 10, 63, 670",
        "2.0, 6715, 10, 63, 672",
        "1.1, 6715, 10, 63, 369",
    })
    void roundsHalvesToTheEvenNeighbour(
            double multiplier, BigDecimal spot, BigDecimal vix, int days, long range) {
        assertThat(new StrikeWindow(multiplier).range(spot, vix, days)).isEqualTo(range);
    }

    /** The multiplier is for deviations; of a percentage there are none. */
    @ParameterizedTest
    @CsvSource({
        "2.0, 6878.49, 0, 206",
        "1.0, 6878.49, 1, 206",
        "2.0, 6878.49, 4, 413",
        "2.0, 6850, 1, 206",
        "2.0, 6883.3333, 1, 206",
        "2.0, 6950, 1, 208",
    })
    void isThreePercentWithoutVix(double multiplier, BigDecimal spot, int days, long range) {
        assertThat(new StrikeWindow(multiplier).range(spot, null, days)).isEqualTo(range);
    }

    @Test
    void takesAVixThatCannotBeForNone() {
        assertThat(new StrikeWindow(2).range(new BigDecimal("6878.49"), BigDecimal.ZERO, 1))
                .isEqualTo(206);
    }
}

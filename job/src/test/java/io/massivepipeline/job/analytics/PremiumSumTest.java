package io.massivepipeline.job.analytics;

import io.massivepipeline.sources.trade.Price;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class PremiumSumTest {

    private static final BigDecimal NOMINAL = BigDecimal.valueOf(100);

    private final PremiumSum sum = new PremiumSum();

    @Test
    void isPriceTimesSizeTimesHundred() {
        add("7.7", 31);

        assertThat(sum.value()).isEqualByComparingTo("23870");
    }

    @Test
    void startsFromNothing() {
        assertThat(sum.value()).isEqualByComparingTo("0");
    }

    @Test
    void staysExactBeyondWhatFitsIntoALong() {
        // Given prices and sizes at their limits
        add("999999999", Integer.MAX_VALUE);
        add("999999999.99999999", Integer.MAX_VALUE);
        add("0.01", 1);

        // Then nothing is lost
        BigDecimal size = BigDecimal.valueOf(Integer.MAX_VALUE);
        BigDecimal expected =
                new BigDecimal("999999999")
                        .add(new BigDecimal("999999999.99999999"))
                        .multiply(size)
                        .multiply(NOMINAL)
                        .add(BigDecimal.ONE);
        assertThat(sum.value()).isEqualByComparingTo(expected);
    }

    @Test
    void keepsMoreDecimalsThanAnyRealPriceHas() {
        add("0.00000000000000000001", 3);
        add("123456789.12345678901234567890", 1);

        assertThat(sum.value()).isEqualByComparingTo("12345678912.345678901234567893");
    }

    @Test
    void addsUpToTheSameAsDecimalArithmetic() {
        // Given many prices of all scales, in two sums
        Random random = new Random(7);
        PremiumSum other = new PremiumSum();
        BigDecimal expected = BigDecimal.ZERO;
        for (int i = 0; i < 10_000; i++) {
            int digits = random.nextInt(13);
            BigDecimal price =
                    BigDecimal.valueOf(random.nextInt(1_000_000_000)).movePointLeft(digits);
            int size = 1 + random.nextInt(1 << random.nextInt(30));
            (i % 2 == 0 ? sum : other).add(Price.of(price), size);
            expected = expected.add(price.multiply(BigDecimal.valueOf(size)).multiply(NOMINAL));
        }

        // When they are put together
        sum.add(other);

        // Then the sum is exact
        assertThat(sum.value()).isEqualByComparingTo(expected);
    }

    @Test
    void putsLargeSumsTogether() {
        PremiumSum other = new PremiumSum();
        for (int i = 0; i < 5; i++) {
            add("20", Integer.MAX_VALUE);
            other.add(Price.of(20, 0), Integer.MAX_VALUE);
        }

        sum.add(other);

        assertThat(sum.value())
                .isEqualByComparingTo(
                        BigDecimal.valueOf(Integer.MAX_VALUE).multiply(new BigDecimal("20000")));
    }

    private void add(String price, int size) {
        sum.add(Price.of(new BigDecimal(price)), size);
    }
}

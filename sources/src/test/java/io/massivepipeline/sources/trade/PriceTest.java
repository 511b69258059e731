package io.massivepipeline.sources.trade;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PriceTest {

    @ParameterizedTest
    @CsvSource({
        "770, 2, 7.7",
        "77, 1, 7.7",
        "3000, 2, 30",
        "0, 0, 0",
        "0, 20, 0",
        "5, 2, 0.05",
        "1, 20, 0.00000000000000000001",
        "999999999, 0, 999999999",
        "999999999999999999, 9, 999999999.999999999",
        "100000000000000000, 9, 100000000"
    })
    void isItsShortestText(long unscaled, int scale, String text) {
        Price price = Price.of(unscaled, scale);

        assertThat(price).hasToString(text);
        assertThat(price.toBigDecimal()).isEqualTo(new BigDecimal(text));
        assertThat(price).isEqualTo(Price.of(new BigDecimal(text)));
        assertThat(price).hasSameHashCodeAs(Price.of(new BigDecimal(text)));
        assertThat(price.isCompact()).isTrue();
        assertThat(BigDecimal.valueOf(price.unscaled(), price.scale()))
                .isEqualTo(new BigDecimal(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "999999999.99999999999999999999",
                "123456789.0123456789",
                "0.12345678901234567891"
            })
    void hasMoreDigitsThanALongWhereItMust(String text) {
        Price price = Price.of(new BigDecimal(text + "0"));

        assertThat(price.isCompact()).isFalse();
        assertThat(price).hasToString(text);
        assertThat(price.toBigDecimal()).isEqualTo(new BigDecimal(text));
        assertThat(price).isEqualTo(Price.of(new BigDecimal(text)));
        assertThat(price).isNotEqualTo(Price.of(1, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1e9", "1000000000", "1e-21", "1e999999999", "-1e-999999999"})
    void isNeverAnythingElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Price.of(new BigDecimal(text)));
    }

    @Test
    void isNeverMadeOfImpossibleParts() {
        assertThatIllegalArgumentException().isThrownBy(() -> Price.of(-1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Price.of(1, 21));
        assertThatIllegalArgumentException().isThrownBy(() -> Price.of(1, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> Price.of(1_000_000_000, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Price.of(1_000_000_000_000_000_000L, 18));
    }
}

package io.massivepipeline.job.snapshot;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.math.BigDecimal;

import static org.assertj.core.api.Assertions.assertThat;

class QuoteTest {

    private static final Quote NOTHING = new Quote(null, null, null, null, null, null, null, null);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "7.7",
                "7.70",
                "-0.05",
                "9223372036854775807",
                "9223372036854775808",
                "123456789.123456789123456789",
                "1E+20",
                "1E-200"
            })
    void aPriceIsWhatItWasHoweverLong(String text) throws IOException {
        // Given a price as bid, as ask and as mid, beside prices that are short
        BigDecimal price = new BigDecimal(text);
        BigDecimal cent = new BigDecimal("0.01");
        Quote bid = new Quote(price, cent, null, null, null, null, null, null);
        Quote ask = new Quote(null, price, cent, null, null, null, null, null);
        Quote mid = new Quote(cent, null, price, null, null, null, null, null);

        // Then it is there to the digit, and so after it was written and read
        for (Quote each : new Quote[] {bid, written(bid)}) {
            assertThat(each.bid()).isEqualTo(price);
            assertThat(each.ask()).isEqualTo(cent);
            assertThat(each.mid()).isNull();
        }
        assertThat(written(ask).ask()).isEqualTo(price);
        assertThat(written(mid).mid()).isEqualTo(price);
    }

    @Test
    void whatIsNotToldIsNull() throws IOException {
        for (Quote each : new Quote[] {NOTHING, written(NOTHING)}) {
            assertThat(each.bid()).isNull();
            assertThat(each.quotedAt()).isNull();
            assertThat(each.iv()).isNull();
            assertThat(each.delta()).isNull();
            assertThat(each.gamma()).isNull();
            assertThat(each.openInterest()).isNull();
        }
    }

    @Test
    void whatIsToldIsNotMistakenForNothing() throws IOException {
        BigDecimal zero = BigDecimal.ZERO;
        Quote zeros = new Quote(zero, zero, zero, 0L, 0.0, -0.0, 0.0, 0L);

        assertThat(zeros).isNotEqualTo(NOTHING).isEqualTo(written(zeros));
        assertThat(zeros.bid()).isEqualTo(zero);
        assertThat(zeros.delta()).isEqualTo(-0.0);
        assertThat(zeros.openInterest()).isZero();
    }

    @Test
    void twoQuotesDifferIfOneFieldDoes() {
        BigDecimal one = BigDecimal.ONE;
        BigDecimal other = new BigDecimal("1.0");
        Quote quote = new Quote(one, one, one, 1L, 1.0, 1.0, 1.0, 1L);

        assertThat(quote)
                .isEqualTo(new Quote(one, one, one, 1L, 1.0, 1.0, 1.0, 1L))
                .hasSameHashCodeAs(new Quote(one, one, one, 1L, 1.0, 1.0, 1.0, 1L))
                .isNotEqualTo(new Quote(other, one, one, 1L, 1.0, 1.0, 1.0, 1L))
                .isNotEqualTo(new Quote(one, other, one, 1L, 1.0, 1.0, 1.0, 1L))
                .isNotEqualTo(new Quote(one, one, other, 1L, 1.0, 1.0, 1.0, 1L))
                .isNotEqualTo(new Quote(one, one, one, 2L, 1.0, 1.0, 1.0, 1L))
                .isNotEqualTo(new Quote(one, one, one, 1L, 2.0, 1.0, 1.0, 1L))
                .isNotEqualTo(new Quote(one, one, one, 1L, 1.0, 2.0, 1.0, 1L))
                .isNotEqualTo(new Quote(one, one, one, 1L, 1.0, 1.0, 2.0, 1L))
                .isNotEqualTo(new Quote(one, one, one, 1L, 1.0, 1.0, 1.0, null));
    }

    private static Quote written(Quote quote) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        quote.write(out);
        return Quote.read(new DataInputDeserializer(out.getCopyOfBuffer()));
    }
}

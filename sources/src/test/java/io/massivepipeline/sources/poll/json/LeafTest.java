package io.massivepipeline.sources.poll.json;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.math.BigDecimal;

import static org.assertj.core.api.Assertions.assertThat;

class LeafTest {

    @ParameterizedTest
    @CsvSource({
        "12, 12",
        "12.0, 12",
        "12.9, 12",
        "1e3, 1000",
        "-7, -7",
        "1766437799400000000, 1766437799400000000",
        "1.7664377994e18, 1766437799400000000",
        "9223372036854775807, 9223372036854775807"
    })
    void readsWholeNumbersHoweverTheyAreWritten(String json, long number) throws IOException {
        assertThat(Leaf.whole(object(json), "x")).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"12\"",
                "true",
                "[]",
                "{}",
                "9223372036854775808",
                "1e999999999",
                "1e-999999999",
                "1e40"
            })
    void readsNothingElse(String json) throws IOException {
        assertThat(Leaf.whole(object(json), "x")).isNull();
        assertThat(Leaf.time(object(json), "x")).isNull();
        assertThat(Leaf.small(object(json), "x")).isNull();
        assertThat(Leaf.text(object("5"), "x")).isNull();
        assertThat(Leaf.whole(object("1"), "y")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "7.70, 7.7",
        "30, 30",
        "3E+1, 30",
        "0.00, 0",
        "-0.0, 0",
        "0.05, 0.05",
        "1e-7, 1E-7"
    })
    void shortensDecimals(String json, BigDecimal number) throws IOException {
        BigDecimal read = Leaf.decimal(object(json), "x");

        assertThat(read).isEqualTo(new BigDecimal(number.toPlainString()));
        assertThat(read.scale()).isNotNegative();
    }

    @ParameterizedTest
    @CsvSource({
        "1766437799400123456, 1766437799400",
        "1766437799400123, 1766437799400",
        "1766437799400, 1766437799400",
        "0, ",
        "-5, "
    })
    void takesTimesAsWhatTheirSizeSaysTheyAre(String json, Long millis) throws IOException {
        assertThat(Leaf.time(object(json), "x")).isEqualTo(millis);
    }

    @Test
    void findsNoLeavesInWhatIsNotThere() throws IOException {
        assertThat(Leaf.decimal(Leaf.object(object("null"), "x"), "y")).isNull();
        assertThat(Leaf.decimal(Leaf.object(object("{\"y\":1}"), "x"), "y")).isEqualTo("1");
        assertThat(Leaf.small(object("2147483648"), "x")).isNull();
        assertThat(Leaf.small(object("100.0"), "x")).isEqualTo(100);
        assertThat(Leaf.real(object("0.25"), "x")).isEqualTo(0.25);
    }

    private static JsonNode object(String value) throws IOException {
        return Leaf.mapper().readTree("{\"x\":" + value + "}");
    }
}

package io.massivepipeline.sources.wire;

import io.massivepipeline.sources.feed.RawFrame;
import io.massivepipeline.sources.trade.OptionTrade;
import io.massivepipeline.sources.trade.TradeReport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** The table of fields in section 0 of the contract. */
class TradeFieldsTest {

    @Test
    void readsATradeAsTheProviderSendsIt() {
        // Given the provider's documented sample
        String frame =
                "[{\"ev\":\"T\",\"sym\":\"O:AMC210827C00037000\",\"x\":65,\"p\":1.54,\"s\":1,"
                        + "\"c\":[233],\"t\":1629820676333,\"q\":651921857}]";

        // When it is read
        OptionTrade trade = Heard.of(frame).trade();

        // Then it is that trade
        assertThat(trade.contract().ticker()).isEqualTo("O:AMC210827C00037000");
        assertThat(trade.contract().expiryKey()).isEqualTo("AMC:20210827");
        assertThat(trade.exchange()).isEqualTo(65);
        assertThat(trade.price()).hasToString("1.54");
        assertThat(trade.size()).isEqualTo(1);
        assertThat(trade.conditions()).containsExactly(233);
        assertThat(trade.timestamp()).isEqualTo(1629820676333L);
        assertThat(trade.sequence()).isEqualTo(651921857L);
        assertThat(trade.report()).isEqualTo(TradeReport.REGULAR);
        assertThat(trade.late()).isFalse();
        assertThat(trade.newestAtJudgement()).isEqualTo(1629820676333L);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "-0.0, 0",
        "0.00, 0",
        "0e4999, 0",
        "0e-4999, 0",
        "7, 7",
        "7.7, 7.7",
        "7.70, 7.7",
        "30.0, 30",
        "3E+1, 30",
        "3e1, 30",
        "0.05, 0.05",
        "5e-2, 0.05",
        "999999999, 999999999",
        "999999999.99999999999999999999, 999999999.99999999999999999999",
        "1e8, 100000000",
        "123456789.123456789, 123456789.123456789",
        "123456789.1234567891, 123456789.1234567891",
        "0.1000000000000000055511151231257827, P",
        "0.10000000000000000555, 0.10000000000000000555",
        "1.50000000000000000000000000000, 1.5",
        "1e-20, 0.00000000000000000001",
        "10e-21, 0.00000000000000000001",
        "1e-21, P",
        "0.000000000000000000001, P",
        "1e9, P",
        "1000000000, P",
        "10000000000000000000, P",
        "-1, P",
        "-0.01, P",
        "1e-999999999, P",
        "1e999999999, P",
        "1e99999999999999999999999, P",
        "0e5000, P",
        "0e-5000, P",
        "'\"7.7\"', P",
        "null, P",
        "true, P",
        "[7.7], P",
        "'{\"p\":7.7}', P"
    })
    void keepsThePriceExactlyOrRefusesIt(String written, String expected) {
        assertField("p", written, expected, trade -> trade.price().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "2147483647, 2147483647",
        "12.0, 12",
        "1e3, 1000",
        "1.5e1, 15",
        "20e-1, 2",
        "2147483647.000, 2147483647",
        "0, S",
        "-0, S",
        "0.0, S",
        "-3, S",
        "1.5, S",
        "2147483648, S",
        "1e-4999, S",
        "1e4999, S",
        "1e5000, S",
        "9223372036854775808, S",
        "18446744073709551617, S",
        "'\"1\"', S",
        "null, S",
        "false, S",
        "[1], S",
        "{}, S"
    })
    void takesSizesThatAreWholeAndPositive(String written, String expected) {
        assertField("s", written, expected, trade -> Integer.toString(trade.size()));
    }

    @ParameterizedTest
    @CsvSource({
        "946684800000, 946684800000",
        "4102444799999, 4102444799999",
        "1.766437799445e12, 1766437799445",
        "1766437799445.0, 1766437799445",
        "946684799999, T",
        "4102444800000, T",
        "1766437799, T",
        "1766437799445.5, T",
        "-1766437799445, T",
        "null, T",
        "'\"1766437799445\"', T"
    })
    void takesTimesOfThisCentury(String written, String expected) {
        assertField("t", written, expected, trade -> Long.toString(trade.timestamp()));
    }

    @ParameterizedTest
    @CsvSource({
        "null, ''",
        "0, 0",
        "-0, 0",
        "312.0, 312",
        "2147483647, 2147483647",
        "2147483648, X",
        "-1, X",
        "0.5, X",
        "'\"312\"', X",
        "[], X"
    })
    void takesAnExchangeOrNone(String written, String expected) {
        assertField("x", written, expected, OptionTrade::exchangeText);
    }

    @ParameterizedTest
    @CsvSource({
        "null, ''",
        "0, 0",
        "8796093022207, 8796093022207",
        "8796093022208, Q",
        "9223372036854775807, Q",
        "-1, Q",
        "{}, Q"
    })
    void takesASequenceNumberOrNone(String written, String expected) {
        assertField("q", written, expected, OptionTrade::sequenceText);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null | []",
                "[] | []",
                "[ ] | []",
                "[209] | [209]",
                "[209,232] | [209,232]",
                "[209.0, 1e2, -0] | [209,100,0]",
                "[2147483647] | [2147483647]",
                "[2147483648] | C",
                "[-1] | C",
                "[1.5] | C",
                "[null] | C",
                "[true] | C",
                "[\"209\"] | C",
                "[[209]] | C",
                "[209,{\"c\":1},209] | C",
                "{} | C",
                "\"\" | C",
                "209 | C",
                "false | C"
            })
    void takesAListOfConditionsOrNone(String written, String expected) {
        assertField("c", written, expected, OptionTrade::conditionsText);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "q", "c"})
    void takesATradeWithoutThatField(String absent) {
        // Given a trade without the field
        Map<String, String> fields = usual();
        fields.remove(absent);

        // Then it is a trade all the same
        assertThat(Heard.of(frame(fields)).words).containsExactly("trade");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sym", "p", "s", "t"})
    void refusesATradeWithoutThatField(String absent) {
        // Given a trade without the field
        Map<String, String> fields = usual();
        fields.remove(absent);

        // Then it is a dead letter by its name
        assertThat(Heard.of(frame(fields)).words).containsExactly(absent);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"O:SPXW251223P06870000\"', O:SPXW251223P06870000",
        "'\"\\u004f:SPXW251223P06870000\"', O:SPXW251223P06870000",
        "'\"O:SPXW251332P06870000\"', SYM",
        "'\"\"', SYM",
        "'\"O:SPXW251223P0687000\\ud800\"', SYM",
        "null, SYM",
        "12, SYM",
        "[], SYM"
    })
    void takesTickers(String written, String expected) {
        assertField("sym", written, expected, trade -> trade.contract().ticker());
    }

    @Test
    void takesManyConditionsAndForgetsThemForTheNextTrade() {
        // Given a trade with many conditions and one with none after it
        String many = "1,".repeat(99) + "1";
        Map<String, String> crowded = usual();
        crowded.put("c", "[" + many + "]");
        Map<String, String> lonely = usual();
        lonely.remove("c");

        // When both are read
        Heard heard = Heard.of(frame(crowded), frame(lonely));

        // Then each has its own
        assertThat(heard.trades.get(0).conditionsText()).isEqualTo("[" + many + "]");
        assertThat(heard.trades.get(1).conditionsText()).isEqualTo("[]");
    }

    @ParameterizedTest
    @CsvSource({
        "1766437799445, trade",
        "1766437739445, trade",
        "1766437739444, future",
        "0, future",
        "9223372036854775807, trade"
    })
    void refusesWhatLiesMoreThanAMinuteAfterItsReception(long receivedAt, String expected) {
        // Given a trade of 1766437799445
        Heard heard = new Heard().parse(frame(usual()), receivedAt);

        // Then it depends on when its frame came
        assertThat(heard.words).containsExactly(expected);
    }

    @Test
    void givesTheTimeOfReceptionAlongWithADeadLetter() {
        // Given a broken trade in a frame of a known time, and one of an unknown
        Heard heard = new Heard();
        heard.parse("[{\"ev\":\"T\"}]", 1234);
        heard.parse("[{\"ev\":\"T\"}]", RawFrame.UNKNOWN);

        // Then the letters tell them
        assertThat(heard.deadLetters)
                .containsExactly(
                        new DeadLetter(DeadLetterReason.SYM, "{\"ev\":\"T\"}", 1234, 0),
                        new DeadLetter(
                                DeadLetterReason.SYM, "{\"ev\":\"T\"}", RawFrame.UNKNOWN, 1));
    }

    private interface Text {
        String of(OptionTrade trade);
    }

    /** An upper-case expectation is the reason of a dead letter. */
    private static void assertField(String name, String written, String expected, Text text) {
        Map<String, String> fields = usual();
        fields.put(name, written);
        Heard heard = Heard.of(frame(fields));
        if (expected.equals(name.toUpperCase(Locale.ROOT))) {
            assertThat(heard.words).containsExactly(name);
        } else {
            assertThat(text.of(heard.trade())).isEqualTo(expected);
        }
    }

    private static Map<String, String> usual() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("ev", "\"T\"");
        fields.put("sym", "\"O:SPXW251223P06870000\"");
        fields.put("x", "312");
        fields.put("p", "7.7");
        fields.put("s", "1");
        fields.put("c", "[209]");
        fields.put("t", "1766437799445");
        fields.put("q", "42");
        return fields;
    }

    private static String frame(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> '"' + field.getKey() + "\":" + field.getValue())
                .collect(Collectors.joining(",", "[{", "}]"));
    }
}

package io.massivepipeline.sources.wire;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Frames, elements and faults, as section 0 of the contract has them. */
class FrameParserTest {

    private static final String TRADE =
            "{\"ev\":\"T\",\"sym\":\"O:SPXW251223P06870000\",\"x\":312,\"p\":7.7,\"s\":1,"
                    + "\"c\":[209],\"t\":1766437799445,\"q\":42}";
    private static final String STATUS = "{\"ev\":\"status\",\"status\":\"connected\"}";
    private static final String QUOTE = "{\"ev\":\"Q\",\"sym\":\"O:X\",\"bp\":9.71}";

    /** A frame, in which {@code <T>} stands for a trade, and what is heard of it. */
    static Stream<Arguments> frames() {
        return Stream.of(
                // Whole frames
                Arguments.of("[]", ""),
                Arguments.of(" [ ] \r\n", ""),
                Arguments.of("", ""),
                Arguments.of(" \r", ""),
                Arguments.of("[<T>]", "trade"),
                Arguments.of("<T>", "trade"),
                Arguments.of(" <T> ", "trade"),
                Arguments.of("[<T>,<Q>,<S>,<T>]", "trade other status trade"),
                Arguments.of(" [ <T> , <T> ] ", "trade trade"),
                // Elements that are no events
                Arguments.of("[<T>,12,<T>]", "trade element trade"),
                Arguments.of("[null]", "element"),
                Arguments.of("[\"T\",true,false,-1.5e3]", "element element element element"),
                Arguments.of("[[<T>]]", "element"),
                Arguments.of("[[1,[2,[]]],<T>]", "element trade"),
                Arguments.of("[{}]", "ev"),
                Arguments.of("{}", "ev"),
                Arguments.of("[{\"ev\":null},{\"ev\":1},{\"ev\":[]}]", "ev ev ev"),
                Arguments.of("[{\"ev\":\"\"},{\"ev\":\"t\"},{\"ev\":\"TT\"}]", "other other other"),
                // Text after the end
                Arguments.of("[] x", "frame"),
                Arguments.of("[][]", "frame"),
                Arguments.of("[<T>]]", "trade frame"),
                Arguments.of("[<T>],", "trade frame"),
                Arguments.of("<T><T>", "trade frame"),
                Arguments.of("<T>,<T>", "trade frame"),
                // Neither array nor object
                Arguments.of("not json at all", "frame"),
                Arguments.of("12", "frame"),
                Arguments.of("\"T\"", "frame"),
                Arguments.of("null", "frame"),
                Arguments.of("]", "frame"),
                Arguments.of("\u000b", "frame"),
                // Cut off
                Arguments.of("[", "frame"),
                Arguments.of("{", "frame"),
                Arguments.of("[<T>", "trade frame"),
                Arguments.of("[<T>,", "trade frame"),
                Arguments.of("[<T>,{\"ev\":\"T\",\"sy", "trade frame"),
                Arguments.of("[<T>,{\"ev\":\"T\"", "trade frame"),
                // A non-object right before the fault belongs to the rest, one before a comma not
                Arguments.of("[12", "frame"),
                Arguments.of("[12 x]", "frame"),
                Arguments.of("[12}", "frame"),
                Arguments.of("[\"a\" \"b\"]", "frame"),
                Arguments.of("[[1] <T>]", "frame"),
                Arguments.of("[12,x]", "element frame"),
                Arguments.of("[12,]", "element frame"),
                Arguments.of("[null , ", "element frame"),
                Arguments.of("[<T> <T>]", "trade frame"),
                Arguments.of("[<T>}", "trade frame"),
                Arguments.of("[<T>,]", "trade frame"),
                Arguments.of("[,<T>]", "frame"),
                // Not JSON
                Arguments.of("[<T>,{\"ev\":\"T\",\"p\":NaN},<T>]", "trade frame"),
                Arguments.of("[<T>,{\"a\":Infinity}]", "trade frame"),
                Arguments.of("[<T>,{\"a\":-Infinity}]", "trade frame"),
                Arguments.of("[{\"a\":01}]", "frame"),
                Arguments.of("[{\"a\":1.}]", "frame"),
                Arguments.of("[{\"a\":.5}]", "frame"),
                Arguments.of("[{\"a\":+1}]", "frame"),
                Arguments.of("[{\"a\":1e}]", "frame"),
                Arguments.of("[{\"a\":-}]", "frame"),
                Arguments.of("[{'a':1}]", "frame"),
                Arguments.of("[{a:1}]", "frame"),
                Arguments.of("[{\"a\":1,}]", "frame"),
                Arguments.of("[{\"a\" 1}]", "frame"),
                Arguments.of("[{\"a\":\"\\x\"}]", "frame"),
                Arguments.of("[{\"a\":\"\\u12g4\"}]", "frame"),
                Arguments.of("[{\"a\":\"\u0001\"}]", "frame"),
                Arguments.of("[{\"a\":\"\t\"}]", "frame"),
                Arguments.of("[{\"\u0001\":1}]", "frame"),
                Arguments.of("[{\"a\":tru}]", "frame"),
                Arguments.of("[{\"a\":truex}]", "frame"),
                Arguments.of("[<T>/*,*/]", "trade frame"),
                Arguments.of("[<T>]//", "trade frame"),
                Arguments.of("[<T>,\u00a0<T>]", "trade frame"),
                Arguments.of("[<T>,\u0000<T>]", "trade frame"),
                Arguments.of("[<T>]\u0000", "trade frame"),
                Arguments.of("\u0000[<T>]", "frame"),
                Arguments.of("[\u0000<T>]", "frame"),
                Arguments.of("\ufeff[<T>]", "frame"));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void hearsWhatIsCompleteBeforeAFault(String frame, String expected) {
        assertThat(String.join(" ", Heard.of(written(frame)).words)).isEqualTo(expected);
    }

    /** Bytes that are not UTF-8, between two trades or in a string. */
    static Stream<byte[]> noUtf8() {
        return Stream.of(
                bytes(0xff),
                bytes(0x80),
                bytes(0xc0, 0x80),
                bytes(0xc1, 0xbf),
                bytes(0xe0, 0x80, 0xaf),
                bytes(0xed, 0xa0, 0x80),
                bytes(0xed, 0xbf, 0xbf),
                bytes(0xf0, 0x80, 0x80, 0xaf),
                bytes(0xf4, 0x90, 0x80, 0x80),
                bytes(0xf5, 0x80, 0x80, 0x80),
                bytes(0xc3),
                bytes(0xe2, 0x82),
                bytes(0xf0, 0x9f, 0x98));
    }

    @ParameterizedTest
    @MethodSource("noUtf8")
    void takesBytesThatAreNotUtf8ForAFault(byte[] fault) {
        // Given such bytes in a field nobody reads, in a name, and behind the end of a frame
        byte[] inValue =
                joined("[" + TRADE + ",{\"ev\":\"Q\",\"a\":\"", fault, "\"}," + TRADE + "]");
        byte[] inName = joined("[" + TRADE + ",{\"ev\":\"Q\",\"", fault, "\":1}," + TRADE + "]");
        byte[] behind = joined("[" + TRADE + "]", fault, "");

        // Then what is complete before them is kept and the rest is one dead letter
        assertThat(Heard.of(inValue).words).containsExactly("trade", "frame");
        assertThat(Heard.of(inName).words).containsExactly("trade", "frame");
        assertThat(Heard.of(behind).words).containsExactly("trade", "frame");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\u00e9\u20ac\ud83d\ude00\"",
                "\"\\ud83d\\ude00\"",
                "\"\\ud800\"",
                "\"\\udc00x\"",
                "\"\\\\ud800\"",
                "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\"",
                "\"\u007f\"",
                "[1,{\"b\":[null,true,{\"c\":\"}]\"}]}]",
                "1e9999",
                "-0.0e-99999999",
                "{\"ev\":\"status\",\"p\":\"x\",\"t\":[]}"
            })
    void ignoresUnknownFields(String value) {
        // Given a trade with an unknown field before, between and behind the others
        String first = TRADE.replace("{\"ev\"", "{\"zz\":" + value + ",\"ev\"");
        String amid = TRADE.replace("\"s\":1", "\"zz\":" + value + ",\"s\":1");
        String last = TRADE.replace("\"q\":42", "\"q\":42,\"zz\":" + value);

        // Then they are that trade
        assertThat(Heard.of("[" + first + "," + amid + "," + last + "]").trades)
                .hasSize(3)
                .allSatisfy(trade -> assertThat(trade).isEqualTo(Heard.of(TRADE).trade()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\ud83d\\ude00", "\ud83d\ude00", "\\\\ud800", ""})
    void ignoresUnknownNames(String name) {
        assertThat(Heard.of(TRADE.replace("{", "{\"" + name + "\":1,")).words)
                .containsExactly("trade");
    }

    @Test
    void readsEscapedNamesAndValues() {
        assertThat(
                        Heard.of(
                                        TRADE.replace("\"ev\":\"T\"", "\"e\\u0076\":\"\\u0054\"")
                                                .replace("\"p\"", "\"\\u0070\""))
                                .trade())
                .isEqualTo(Heard.of(TRADE).trade());
    }

    @Test
    void readsFieldsInAnyOrder() {
        // Given the fields the other way round
        String backwards =
                "{\"q\":42,\"t\":1766437799445,\"c\":[209],\"s\":1,\"p\":7.7,\"x\":312,"
                        + "\"sym\":\"O:SPXW251223P06870000\",\"ev\":\"T\"}";

        // Then it is the same trade
        assertThat(Heard.of(backwards).trade()).isEqualTo(Heard.of(TRADE).trade());
    }

    static Stream<Arguments> duplicates() {
        return Stream.of(
                Arguments.of("\"p\":7.7", "\"p\":\"x\"", "p"),
                Arguments.of("\"p\":\"x\"", "\"p\":7.7", "trade"),
                Arguments.of("\"s\":-1", "\"s\":1", "trade"),
                Arguments.of("\"s\":1", "\"s\":null", "s"),
                Arguments.of("\"x\":\"a\"", "\"x\":null", "trade"),
                Arguments.of("\"q\":-1", "\"q\":1", "trade"),
                Arguments.of("\"q\":1", "\"q\":{}", "q"),
                Arguments.of("\"c\":[null]", "\"c\":[1]", "trade"),
                Arguments.of("\"c\":[1]", "\"c\":1", "c"),
                Arguments.of("\"sym\":12", "\"sym\":\"O:SPXW251223P06870000\"", "trade"),
                Arguments.of("\"sym\":\"O:SPXW251223P06870000\"", "\"sym\":{}", "sym"),
                Arguments.of("\"t\":1", "\"t\":1766437799445", "trade"),
                Arguments.of("\"ev\":\"Q\"", "\"ev\":\"T\"", "trade"),
                Arguments.of("\"ev\":\"T\"", "\"ev\":\"Q\"", "other"),
                Arguments.of("\"ev\":\"T\"", "\"ev\":\"status\"", "status"),
                Arguments.of("\"ev\":\"T\"", "\"ev\":1", "ev"),
                Arguments.of("\"ev\":{}", "\"ev\":\"T\"", "trade"));
    }

    @ParameterizedTest
    @MethodSource("duplicates")
    void countsTheLastOfDuplicateNames(String first, String last, String expected) {
        // Given a trade in which a name stands twice
        String body = TRADE.substring(1, TRADE.length() - 1);

        // Then the last counts, whether the first stands in the usual place or before
        assertThat(Heard.of("{" + first + "," + body + "," + last + "}").words)
                .containsExactly(expected);
        assertThat(Heard.of("{" + body + "," + first + "," + last + "}").words)
                .containsExactly(expected);
    }

    @Test
    void refusesNumbersOfMoreThan1000Characters() {
        // Given numbers of 1000 and 1001 characters, deep in a field nobody reads
        String longest = "0." + "1".repeat(998);
        String negative = "-" + "1".repeat(1000);

        // Then only those are a fault
        assertThat(Heard.of("[{\"ev\":\"Q\",\"a\":[" + longest + "]}]").words)
                .containsExactly("other");
        assertThat(Heard.of("[{\"ev\":\"Q\",\"a\":[" + longest + "1]}]").words)
                .containsExactly("frame");
        assertThat(Heard.of("[{\"ev\":\"Q\",\"a\":" + negative + "}]").words)
                .containsExactly("frame");
        assertThat(Heard.of("[" + TRADE + "," + negative + "," + TRADE + "]").words)
                .containsExactly("trade", "frame");
    }

    @Test
    void refusesNestingDeeperThan500() {
        // Given arrays inside one another, the frame's own among them
        String deepest = "[".repeat(500) + "]".repeat(500);
        String tooDeep = "[" + TRADE + "," + "[".repeat(500) + "]".repeat(500) + "]";

        // Then 501 are a fault, and so are many more
        assertThat(Heard.of(deepest).words).containsExactly("element");
        assertThat(Heard.of(tooDeep).words).containsExactly("trade", "frame");
        assertThat(Heard.of("[{\"a\":".repeat(1_000_000)).words).containsExactly("frame");
    }

    @Test
    void tellsTheRestOfAFrameFromItsFault() {
        // Given a frame with a fault in its second element, and one with a fault behind it
        Heard within = Heard.of("[ " + TRADE + " , {\"ev\":x, \"y\":1} ]");
        Heard behind = Heard.of("[" + TRADE + "] and more");
        Heard cut = Heard.of("[" + TRADE);
        Heard number = Heard.of("[" + TRADE + ", 12 }");

        // Then the dead letters hold what was not read
        assertThat(within.deadLetters.get(0).payload()).isEqualTo("{\"ev\":x, \"y\":1} ]");
        assertThat(behind.deadLetters.get(0).payload()).isEqualTo("and more");
        assertThat(cut.deadLetters.get(0).payload()).isEmpty();
        assertThat(number.deadLetters.get(0).payload()).isEqualTo("12 }");
    }

    @Test
    void tellsTheElementThatCannotBeRead() {
        // Given bad elements between good ones
        Heard heard =
                Heard.of("[" + TRADE + " , 12 , {\"ev\":1 } ,[1, 2] ,\"\u20ac\\n\"," + TRADE + "]");

        // Then the dead letters are just these
        assertThat(heard.deadLetters)
                .extracting(DeadLetter::payload)
                .containsExactly("12", "{\"ev\":1 }", "[1, 2]", "\"\u20ac\\n\"");
    }

    @Test
    void cutsDeadLettersBetweenCharacters() {
        // Given texts of characters of one, two, three and four bytes at every alignment
        for (String character : new String[] {"x", "\u00e9", "\u20ac", "\ud83d\ude00"}) {
            for (int shift = 0; shift < 4; shift++) {
                String text = "y".repeat(shift) + character.repeat(5000);

                // When they cannot be read
                String payload = Heard.of(text).deadLetters.get(0).payload();

                // Then as many whole characters are kept as fit 4096 bytes
                int size = payload.getBytes(StandardCharsets.UTF_8).length;
                int width = character.getBytes(StandardCharsets.UTF_8).length;
                assertThat(text).startsWith(payload);
                assertThat(size).isBetween(4096 - width + 1, 4096);
            }
        }
    }

    @Test
    void keepsDeadLettersShortEvenIfEveryByteMustBeReplaced() {
        // Given bytes of which none is text
        byte[] frame = new byte[10_000];
        Arrays.fill(frame, (byte) 0xff);

        // Then what stands for them is no longer than a dead letter may be
        String payload = Heard.of(frame).deadLetters.get(0).payload();
        assertThat(payload.getBytes(StandardCharsets.UTF_8).length).isBetween(4090, 4096);
    }

    @Test
    void hearsWhatTheProviderSays() {
        // Given status events, of which one lacks its message
        Heard heard =
                Heard.of(
                        "[{\"ev\":\"status\",\"status\":\"success\",\"message\":\"subscribed to:"
                                + " T.*\"},{\"status\":\"connected\",\"message\":7,\"ev\":\"status\"}]");

        // Then they are told
        assertThat(heard.statuses)
                .extracting(StatusEvent::status, StatusEvent::message)
                .containsExactly(tuple("success", "subscribed to: T.*"), tuple("connected", ""));
    }

    @Test
    void goesOnWithTheNextFrameAfterAFault() {
        assertThat(Heard.of("[" + TRADE + ",{", "nonsense", "[" + TRADE + "]").words)
                .containsExactly("trade", "frame", "frame", "trade");
    }

    @Test
    void takesMoreNamesThanAnyTableHolds() {
        // Given an event with 100 000 different names, and a name of 100 000 characters
        StringBuilder frame = new StringBuilder("[{\"ev\":\"Q\"");
        for (int i = 0; i < 100_000; i++) {
            frame.append(",\"n").append(i).append("\":0");
        }
        frame.append(",\"").append("n".repeat(100_000)).append("\":0},").append(TRADE).append("]");

        // Then it is read like any other
        assertThat(Heard.of(frame.toString()).words).containsExactly("other", "trade");
    }

    private static String written(String frame) {
        return frame.replace("<T>", TRADE).replace("<S>", STATUS).replace("<Q>", QUOTE);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] joined(String before, byte[] between, String after) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(before.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(between);
        out.writeBytes(after.getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }
}

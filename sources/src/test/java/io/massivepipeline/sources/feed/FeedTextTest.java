package io.massivepipeline.sources.feed;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The first paragraph of section 0 of the contract. */
class FeedTextTest {

    static Stream<Arguments> lines() {
        return Stream.of(
                // Frames without a reception time
                Arguments.of("[1]", "frame ? [1]"),
                Arguments.of("[1]\r", "frame ? [1]"),
                Arguments.of("[1]\r\n", "frame ? [1]"),
                Arguments.of("[1]\r\r", "frame ? [1]"),
                Arguments.of("  [1] ", "frame ?   [1] "),
                Arguments.of("\t[1]", "frame ? \t[1]"),
                Arguments.of("a\t[1]", "frame ? a\t[1]"),
                Arguments.of("-5\t[1]", "frame ? -5\t[1]"),
                Arguments.of(" 5\t[1]", "frame ?  5\t[1]"),
                Arguments.of("5 \t[1]", "frame ? 5 \t[1]"),
                Arguments.of("\u0665\t[1]", "frame ? \u0665\t[1]"),
                Arguments.of("5", "frame ? 5"),
                Arguments.of("5[1]\t", "frame ? 5[1]\t"),
                // Frames with one
                Arguments.of("5\t[1]", "frame 5 [1]"),
                Arguments.of("1766437799445\t[1]\r", "frame 1766437799445 [1]"),
                Arguments.of("007\t\t[1] ", "frame 7 \t[1] "),
                Arguments.of("5\t6\t[1]", "frame 5 6\t[1]"),
                Arguments.of("0\tx", "frame 0 x"),
                Arguments.of("9223372036854775806\tx", "frame 9223372036854775806 x"),
                Arguments.of("9223372036854775807\tx", "frame 9223372036854775807 x"),
                Arguments.of("9223372036854775808\tx", "frame 9223372036854775807 x"),
                Arguments.of("9".repeat(500) + "\tx", "frame 9223372036854775807 x"),
                // Ticks
                Arguments.of("5\t", "tick 5"),
                Arguments.of("5\t\r\n", "tick 5"),
                Arguments.of("5\t \t\u000b\f ", "tick 5"),
                // Nothing
                Arguments.of("", "nothing"),
                Arguments.of("\r\n", "nothing"),
                Arguments.of(" \t \u000b\f", "nothing"),
                Arguments.of("\t", "nothing"));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void readsALine(String line, String expected) {
        // Given the line amid others
        byte[] bytes = ("before" + line + "behind").getBytes(StandardCharsets.UTF_8);

        // Then it is that event
        FeedEvent event = FeedText.read(bytes, 6, bytes.length - 6, 42);
        assertThat(describe(event)).isEqualTo(expected);
    }

    private static String describe(FeedEvent event) {
        if (event == null) {
            return "nothing";
        }
        if (event instanceof Tick tick) {
            assertThat(tick.position()).isEqualTo(42);
            return "tick " + tick.at();
        }
        RawFrame frame = (RawFrame) event;
        assertThat(frame.position()).isEqualTo(42);
        return "frame "
                + (frame.hasReceptionTime() ? frame.receivedAt() : "?")
                + " "
                + new String(frame.payload(), StandardCharsets.UTF_8);
    }

    @Test
    void looksForBytesAtEveryPlace() {
        // Given a line feed at every place of a buffer, looked for from every place before
        for (int place = 0; place < 40; place++) {
            byte[] bytes = "\u000b".repeat(40).getBytes(StandardCharsets.UTF_8);
            bytes[place] = '\n';
            for (int from = 0; from <= 40; from++) {
                // Then it is found if it lies within
                assertThat(ByteSearch.indexOf(bytes, (byte) '\n', from, 40))
                        .isEqualTo(from <= place ? place : 40);
                assertThat(ByteSearch.indexOf(bytes, (byte) '\n', Math.min(from, place), place))
                        .isEqualTo(place);
            }
            bytes[place] = (byte) 0x80;
            assertThat(ByteSearch.endOfAscii(bytes)).isEqualTo(place);
            bytes[place] = 0;
            assertThat(ByteSearch.endOfAscii(bytes)).isEqualTo(place);
            bytes[place] = 0x7f;
            assertThat(ByteSearch.endOfAscii(bytes)).isEqualTo(40);
        }
    }
}

package io.massivepipeline.sources.wire;

import io.massivepipeline.sources.feed.RawFrame;
import io.massivepipeline.sources.trade.OptionTrade;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What a frame may cost at most, in bytes that the parser allocates. */
class HostileFramesTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** The parser of a frame itself, its buffers included. */
    private static final long BASE = 200_000;

    /** The smallest bad element is a digit and a comma; its dead letter is an object or three. */
    private static final long PER_BYTE = 120;

    private final FrameParser parser =
            new FrameParser(new Deaf(), new Lateness(Duration.ofMillis(100)));

    @BeforeEach
    void warmUp() {
        cost("[{\"ev\":\"T\",\"p\":1e-999999999}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e-999999999",
                "1e999999999",
                "0e-999999999",
                "1e-4999",
                "1e4999",
                "123456789e-2147483648",
                "1e99999999999999999999999999"
            })
    void expandsNoNumber(String number) {
        for (String field : new String[] {"p", "s", "t", "x", "q", "zz"}) {
            assertThat(cost("[{\"ev\":\"T\",\"" + field + "\":" + number + "}]")).isLessThan(BASE);
        }
        assertThat(cost("[{\"ev\":\"T\",\"c\":[" + number + "]}]")).isLessThan(BASE);
    }

    @Test
    void readsNumbersOfAThousandDigitsForTheirLength() {
        for (String number : new String[] {"9".repeat(1000), "0." + "9".repeat(998)}) {
            assertThat(cost("[{\"ev\":\"T\",\"p\":" + number + ",\"s\":" + number + "}]"))
                    .isLessThan(BASE);
        }
    }

    /** Patterns of a frame of so many repetitions. */
    static Stream<Arguments> patterns() {
        return Stream.of(
                pattern("numbers", n -> "[" + "1,".repeat(n) + "1]"),
                pattern("objects", n -> "[" + "{},".repeat(n) + "{}]"),
                pattern("brackets", "["::repeat),
                pattern("objects inside one another", "{\"a\":"::repeat),
                pattern("backslashes", n -> "[\"" + "\\".repeat(n) + "\"]"),
                pattern("surrogates", n -> "[\"" + "\\ud800".repeat(n) + "\"]"),
                pattern("conditions", n -> "[{\"ev\":\"T\",\"c\":[" + "1,".repeat(n) + "1]}]"),
                pattern("a long ticker", n -> "[{\"ev\":\"T\",\"sym\":\"" + "x".repeat(n) + "\"}]"),
                pattern("a long name", n -> "[{\"" + "x".repeat(n) + "\":1}]"),
                pattern("white space", n -> "[1" + " ".repeat(n) + ",1" + " ".repeat(n) + "]"),
                pattern("duplicates", n -> "[{" + "\"p\":1.5,".repeat(n) + "\"ev\":\"T\"}]"),
                pattern("many names", HostileFramesTest::manyNames));
    }

    private static Arguments pattern(String name, IntFunction<String> frame) {
        return Arguments.of(name, frame);
    }

    private static String manyNames(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"n" + i + "\":0")
                .collect(Collectors.joining(",", "[{", "}]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("patterns")
    void costsNoMoreThanItsLength(String name, IntFunction<String> pattern) {
        String frame = pattern.apply(200_000);

        assertThat(cost(frame)).isLessThan(BASE + PER_BYTE * frame.length());
    }

    /** How many bytes were allocated for a frame. */
    private long cost(String text) {
        RawFrame frame = new RawFrame(text.getBytes(StandardCharsets.UTF_8), RawFrame.UNKNOWN, 0);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        parser.parse(frame);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /** Keeps nothing of what it is told. */
    private static final class Deaf implements FrameListener {

        @Override
        public void trade(OptionTrade trade) {}

        @Override
        public void deadLetter(DeadLetter letter) {}

        @Override
        public void status(StatusEvent event) {}

        @Override
        public void other() {}
    }
}

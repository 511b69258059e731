package io.massivepipeline.sources.replay;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class LineReaderTest {

    private static final int NO_LIMIT = 64 << 20;

    @Test
    void splitsAtLineFeedsAlone() throws IOException {
        // Given all that some take for line breaks
        String text = "a\rb\u2028c\u0085d\u000b\n\n\r\nlast";

        // Then only line feeds are
        assertThat(lines(text, NO_LIMIT))
                .containsExactly("a\rb\u2028c\u0085d\u000b@12", "@13", "\r@15", "last@19");
    }

    @Test
    void readsNothingFromNothing() throws IOException {
        assertThat(lines("", NO_LIMIT)).isEmpty();
        assertThat(lines("\n", NO_LIMIT)).containsExactly("@1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 1000, 131_071, 131_072, 131_073, 500_000})
    void readsLinesOfAnyLength(int length) throws IOException {
        // Given a short line, two of that length, and a short one again
        String line = "x".repeat(length);
        String text = "a\n" + line + "\n" + line + "\nb";

        // Then each is whole, and its end is known
        assertThat(lines(text, NO_LIMIT))
                .containsExactly(
                        "a@2",
                        line + "@" + (length + 3),
                        line + "@" + (2 * length + 4),
                        "b@" + (2 * length + 5));
    }

    @ParameterizedTest
    @ValueSource(ints = {11, 12, 100, 131_072, 400_000})
    void cutsLinesThatAreTooLongAndGoesOnBehindThem(int length) throws IOException {
        // Given lines of which the second is longer than ten bytes
        String text = "0123456789\n" + "x".repeat(length) + "\ny\n";

        // Then it is cut there, and the next one is where it was
        assertThat(lines(text, 10))
                .containsExactly(
                        "0123456789@11",
                        "x".repeat(10) + "@" + (length + 12),
                        "y@" + (length + 14));
        assertThat(lines(text.substring(0, text.length() - 3), 10))
                .containsExactly("0123456789@11", "x".repeat(10) + "@" + (length + 11));
    }

    @Test
    void countsFromWhereTheStreamBegins() throws IOException {
        LineReader reader = new LineReader(stream("a\nb"), 100, NO_LIMIT);

        assertThat(reader.next()).isTrue();
        assertThat(reader.offset()).isEqualTo(102);
    }

    @Test
    void handsOutWhatCouldBeReadOfABrokenStream() throws IOException {
        // Given a stream that breaks off in a line
        LineReader reader = new LineReader(breaksOff("a\nb"), 0, NO_LIMIT);

        // Then the piece of it is the last line, and the reason is known
        assertThat(rest(reader)).containsExactly("a@2", "b@3");
        assertThat(reader.brokenBy()).isInstanceOf(EOFException.class);
    }

    private static InputStream breaksOff(String text) {
        return new SequenceInputStream(
                stream(text),
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new EOFException("cut off");
                    }
                });
    }

    private static List<String> lines(String text, int limit) throws IOException {
        return rest(new LineReader(stream(text), 0, limit));
    }

    private static List<String> rest(LineReader reader) throws IOException {
        List<String> lines = new ArrayList<>();
        while (reader.next()) {
            int length = reader.lineEnd() - reader.lineStart();
            String line =
                    new String(reader.buffer(), reader.lineStart(), length, StandardCharsets.UTF_8);
            lines.add(line + "@" + reader.offset());
        }
        return lines;
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}

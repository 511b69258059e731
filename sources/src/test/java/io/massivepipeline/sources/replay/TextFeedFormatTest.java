package io.massivepipeline.sources.replay;

import io.massivepipeline.sources.LogLines;
import io.massivepipeline.sources.feed.FeedEvent;
import io.massivepipeline.sources.feed.RawFrame;
import io.massivepipeline.sources.feed.Tick;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TextFeedFormatTest {

    private static final int FRAMES = 5000;

    @TempDir Path folder;

    @RegisterExtension private final LogLines log = LogLines.of(TextSegmentReader.class);

    private final TextFeedFormat format = new TextFeedFormat();

    @ParameterizedTest
    @ValueSource(strings = {"feed.txt", "feed.gz", "feed"})
    void readsPlainTextWhateverItsName(String name) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text());

        assertThat(frames(file)).isEqualTo(expected(FRAMES));
    }

    @ParameterizedTest
    @ValueSource(strings = {"feed.txt", "feed.gz", "feed"})
    void readsGzipWhateverItsName(String name) throws IOException {
        Path file = Files.write(folder.resolve(name), gzip(text()));

        assertThat(frames(file)).isEqualTo(expected(FRAMES));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100, 30_000})
    void readsGzipOfSeveralMembers(int size) throws IOException {
        // Given members that end wherever, also within lines, and an empty one
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        String text = text().substring(0, Math.min(text().length(), 1000 * size));
        for (int i = 0; i < text.length(); i += size) {
            members.writeBytes(gzip(text.substring(i, Math.min(text.length(), i + size))));
        }
        members.writeBytes(gzip(""));
        Path file = Files.write(folder.resolve("feed.gz"), members.toByteArray());

        // Then they are one feed
        assertThat(String.join("\n", frames(file))).isEqualTo(text.stripTrailing());
        assertThat(log.lines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.1, 0.5, 0.9, 0.9995})
    void readsWhatIsLeftOfATruncatedGzip(double part) throws IOException {
        // Given a gzip that was cut off
        byte[] whole = gzip(text());
        byte[] cut = Arrays.copyOf(whole, (int) (whole.length * part));
        Path file = Files.write(folder.resolve("feed.gz"), cut);

        // When it is read
        String read = String.join("\n", frames(file));

        // Then what could be unpacked came, and a warning says where it broke off
        assertThat(text()).startsWith(read);
        if (part >= 0.1) {
            assertThat(read.length()).isGreaterThan((int) (text().length() * part * 0.8));
        }
        assertThat(log.lines()).hasSize(1);
        assertThat(log.lines().get(0))
                .startsWith("WARN " + file + " breaks off after " + read.length())
                .contains("(" + cut.length + " bytes of the file)");
    }

    @Test
    void readsWhatStandsBeforeDamage() throws IOException {
        // Given a gzip with a damaged middle, and one followed by something else
        byte[] damaged = gzip(text());
        Arrays.fill(damaged, damaged.length / 2, damaged.length / 2 + 50, (byte) 0);
        Path within = Files.write(folder.resolve("within.gz"), damaged);
        ByteArrayOutputStream followed = new ByteArrayOutputStream();
        followed.writeBytes(gzip(text()));
        followed.writeBytes("[1]\n".repeat(20).getBytes(StandardCharsets.UTF_8));
        Path behind = Files.write(folder.resolve("behind.gz"), followed.toByteArray());

        // Then both are read up to there, and warned of
        assertThat(frames(within)).hasSizeBetween(FRAMES / 4, FRAMES - 1);
        assertThat(frames(behind)).isEqualTo(expected(FRAMES));
        assertThat(log.lines()).hasSize(2).allMatch(line -> line.startsWith("WARN "));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void goesOnBehindAnyEvent(boolean packed) throws IOException {
        // Given a feed with blank lines that is read for a while
        String text = "[0]\n\n[1]\r\n2\t\n[3]\n\n\n[4]";
        Path file =
                packed
                        ? Files.write(folder.resolve("feed"), gzip(text))
                        : Files.writeString(folder.resolve("feed"), text);
        for (int read = 0; read <= 5; read++) {
            long offset;
            try (SegmentReader reader = format.open(file, 0, 0)) {
                assertThat(events(reader, read))
                        .isEqualTo(IntStream.range(0, read).boxed().toList());
                offset = reader.offset();
            }

            // When it is opened there again
            try (SegmentReader reader = format.open(file, offset, read)) {
                // Then the rest comes, and nothing behind it
                assertThat(events(reader, 5 - read))
                        .isEqualTo(IntStream.range(read, 5).boxed().toList());
                assertThat(reader.next()).isNull();
                assertThat(reader.next()).isNull();
            }
        }
    }

    /** The numbers in the next events, each of which must be its position too. */
    private static List<Integer> events(SegmentReader reader, int count) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            FeedEvent event = reader.next();
            if (event instanceof RawFrame frame) {
                String text = new String(frame.payload(), StandardCharsets.UTF_8);
                numbers.add(Integer.parseInt(text.substring(1, text.length() - 1)));
                assertThat(frame.position()).isEqualTo((long) numbers.get(i));
            } else if (event instanceof Tick tick) {
                numbers.add((int) tick.at());
                assertThat(tick.position()).isEqualTo(tick.at());
            }
        }
        return numbers;
    }

    @Test
    void takesTheFilesOfAFolderInTheOrderOfTheirNames() throws IOException {
        // Given segments, and a folder among them
        for (String name : List.of("10", "2", "1", "a.gz", "B")) {
            Files.writeString(folder.resolve(name), "[]");
        }
        Files.createDirectory(folder.resolve("0"));
        Files.writeString(folder.resolve("0/1"), "[]");

        assertThat(format.segments(folder))
                .extracting(segment -> segment.getFileName().toString())
                .containsExactly("1", "10", "2", "B", "a.gz");
    }

    @Test
    void saysWhatIsWrongWithAFeedInOneLine() throws IOException {
        Path missing = folder.resolve("missing");
        Path empty = Files.createFile(folder.resolve("empty"));
        Path emptyGzip = Files.write(folder.resolve("empty.gz"), gzip(""));
        Path emptyFolder = Files.createDirectory(folder.resolve("folder"));
        Path emptySegments = Files.createDirectory(folder.resolve("segments"));
        Files.createFile(emptySegments.resolve("1"));
        Path device = Path.of("/dev/null");

        assertRefused(missing, "There is no feed " + missing);
        assertRefused(empty, "The feed " + empty + " is empty");
        assertRefused(emptyGzip, "The feed " + emptyGzip + " is empty");
        assertRefused(emptyFolder, "The folder " + emptyFolder + " has no segments of a feed");
        assertRefused(emptySegments, "All segments in the folder " + emptySegments + " are empty");
        assertRefused(device, "The feed /dev/null is neither a file nor a folder");
    }

    private static void assertRefused(Path feed, String message) {
        assertThatExceptionOfType(FeedException.class)
                .isThrownBy(() -> ReplaySource.of(feed))
                .withMessage(message);
    }

    /** Lines of varied text, so that it packs to something. */
    private static String text() {
        return String.join("\n", expected(FRAMES)) + "\n";
    }

    private static List<String> expected(int count) {
        return IntStream.range(0, count).mapToObj(i -> "[" + i * 7919L * i + "]").toList();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    private List<String> frames(Path file) throws IOException {
        List<RawFrame> frames = new ArrayList<>();
        try (SegmentReader reader = format.open(file, 0, 0)) {
            RawFrame frame = (RawFrame) reader.next();
            while (frame != null) {
                assertThat(frame.position()).isEqualTo(frames.size());
                frames.add(frame);
                frame = (RawFrame) reader.next();
            }
            assertThat(reader.fileBytesRead()).isEqualTo(Files.size(file));
        }
        return frames.stream()
                .map(frame -> new String(frame.payload(), StandardCharsets.UTF_8))
                .collect(Collectors.toList());
    }
}

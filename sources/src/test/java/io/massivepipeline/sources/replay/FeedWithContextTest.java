package io.massivepipeline.sources.replay;

import io.massivepipeline.sources.feed.ContextLine;
import io.massivepipeline.sources.feed.FeedEvent;
import io.massivepipeline.sources.feed.RawFrame;
import io.massivepipeline.sources.feed.Tick;

import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where captured context stands among the frames. */
class FeedWithContextTest {

    /** Event time, Unix milliseconds. */
    private static final long T = 1_766_437_200_000L;

    @TempDir Path folder;

    @Test
    void standsBeforeTheFirstFrameThatCouldMoveEventTimePastIt() throws IOException {
        // Given frames and ticks with reception times, a second apart and more
        feed("1000\t[a]\n2000\t[b]\n3500\t\n9000\t[c]\n");

        // When context is replayed that came before, at the border, behind it, and in a silence
        context("10\tfirst\n2000\tborder\n2001\tbehind\n4500\ttick\n4501\tlast\n");

        // Then a trade may be a second ahead of its reception, and nothing comes later than that
        assertThat(replayed())
                .containsExactly(
                        "first",
                        "border",
                        "[a]",
                        "behind",
                        "[b]",
                        "tick",
                        "tick 3500",
                        "last",
                        "[c]");
    }

    @Test
    void goesByTheNewestTradeWhereReceptionIsNotKnown() throws IOException {
        // Given frames without reception times, the first with a newer trade in the middle
        feed(
                "[{\"ev\":\"T\",\"t\":"
                        + T
                        + "},{\"t\": "
                        + (T + 5_000)
                        + "},{\"t\":"
                        + T
                        + "}]\n[{\"ev\":\"status\"}]\n[{\"t\":"
                        + (T + 7_000)
                        + "}]\n");

        // When there is context before, at and behind the newest of them
        context(
                T
                        + "\tone\n"
                        + (T + 6_000)
                        + "\ttwo\n"
                        + (T + 6_001)
                        + "\tthree\n"
                        + (T + 9_000)
                        + "\tfour\n");

        // Then it stands where the newest trade of a frame says, and the rest behind the last frame
        assertThat(replayed().stream().filter(text -> !text.startsWith("[")).toList())
                .containsExactly("one", "two", "three", "four");
        assertThat(replayed().get(2)).startsWith("[{\"ev\":\"T\"");
        assertThat(replayed().get(4)).isEqualTo("three");
        assertThat(replayed().get(6)).isEqualTo("four");
    }

    @Test
    void goesOnBehindAnyEvent() throws IOException {
        // Given a feed in two segments with context before, between and behind
        Files.createDirectories(folder.resolve("feed"));
        Files.writeString(folder.resolve("feed/1"), "1000\t[a]\n2000\t[b]\n");
        Files.writeString(folder.resolve("feed/2"), "3000\t[c]\n4000\t\n");
        context("1\tu\n2\tv\n3500\tw\n9000\tx\n9001\ty\n");
        List<ReplayRecord> all = read(start());
        List<String> texts = all.stream().map(FeedWithContextTest::text).toList();

        // When it is read again from behind each of them
        for (int i = 0; i < all.size(); i++) {
            List<ReplayRecord> rest = read(start().behind(all.get(i)));

            // Then the others follow, at the same places
            assertThat(rest.stream().map(FeedWithContextTest::text))
                    .containsExactlyElementsOf(texts.subList(i + 1, texts.size()));
            assertThat(rest.stream().map(ReplayRecord::position))
                    .containsExactlyElementsOf(
                            all.subList(i + 1, all.size()).stream()
                                    .map(ReplayRecord::position)
                                    .toList());
        }
        assertThat(texts)
                .containsExactly("u", "v", "[a]", "[b]", "w", "[c]", "tick 4000", "x", "y");
    }

    @Test
    void leavesLinesWithoutATimeOut() throws IOException {
        feed("[a]\n");
        context("{}\n\n\t{}\n12\r\n1234567890123456789012\t{}\n7\t{\"kind\":\"spot\"}\r\n");

        assertThat(replayed()).containsExactly("[a]", "{\"kind\":\"spot\"}");
    }

    @Test
    void readsPackedContextAsFarAsItReaches() throws IOException {
        // Given packed context that was cut off
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            lines.append(i).append("\t{\"").append(Integer.toHexString(i * 7919)).append("\"}\n");
        }
        Path packed = folder.resolve("context");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(lines.toString().getBytes(StandardCharsets.US_ASCII));
        }
        byte[] bytes = Files.readAllBytes(packed);
        Files.write(packed, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        feed("1\t[a]\n");

        // Then what can be unpacked is replayed
        assertThat(replayed()).hasSizeBetween(5_000, 15_000).contains("[a]");
    }

    @Test
    void saysInOneLineThatThereIsNothing() throws IOException {
        feed("[a]\n");
        ReplaySource source = ReplaySource.of(folder.resolve("feed"));
        Path file = folder.resolve("context");

        assertNothing(source, file, "There is no captured context");
        Files.writeString(file, "");
        assertNothing(source, file, "is empty");
        Files.writeString(file, "[{}]\n");
        assertNothing(source, file, "has no line with a time");
        Files.write(file, new byte[] {0x1f, (byte) 0x8b, 8, 0, 0});
        assertNothing(source, file, "cannot be read");
        assertNothing(source, folder, "is no file");
    }

    private static void assertNothing(ReplaySource source, Path file, String reason) {
        assertThatThrownBy(() -> source.withContext(file))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(reason);
    }

    private void feed(String text) throws IOException {
        Files.writeString(folder.resolve("feed"), text);
    }

    private void context(String text) throws IOException {
        Files.writeString(folder.resolve("context"), text);
    }

    private ReplaySplit start() {
        return ReplaySplit.whole(
                new TextFeedFormat()
                        .segments(folder.resolve("feed")).stream().map(Path::toString).toList(),
                folder.resolve("context").toString());
    }

    private List<String> replayed() throws IOException {
        return read(start()).stream().map(FeedWithContextTest::text).toList();
    }

    private static List<ReplayRecord> read(ReplaySplit split) throws IOException {
        List<ReplayRecord> records = new ArrayList<>();
        FeedSegments segments =
                new FeedSegments(
                        new TextFeedFormat(),
                        split,
                        new ReplayProgress(new UnregisteredMetricsGroup()));
        try (FeedWithContext feed = new FeedWithContext(split, segments)) {
            for (ReplayRecord next = feed.next(); next != null; next = feed.next()) {
                records.add(next);
            }
        }
        return records;
    }

    private static String text(ReplayRecord record) {
        FeedEvent event = record.event();
        if (event instanceof Tick tick) {
            return "tick " + tick.at();
        }
        byte[] payload =
                event instanceof RawFrame frame ? frame.payload() : ((ContextLine) event).payload();
        return new String(payload, StandardCharsets.UTF_8);
    }
}

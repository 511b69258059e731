package io.massivepipeline.sources.replay;

import io.massivepipeline.sources.feed.RawFrame;

import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The fetcher's side of a replay. */
class ReplaySplitReaderTest {

    @TempDir Path folder;

    @Test
    void endsTheSplitBehindTheLastSegment() throws IOException {
        // Given two segments, and an empty one between them
        write("1", "[a]\n[b]");
        write("2", "");
        write("3", "[c]\n");
        ReplaySplitReader reader = reader(0);

        // When they are read
        RecordsWithSplitIds<ReplayRecord> batch = reader.fetch();

        // Then each event tells where reading would go on
        assertThat(events(batch)).containsExactly("[a] 0:0:4", "[b] 1:0:7", "[c] 2:2:4");
        assertThat(batch.finishedSplits()).containsExactly("feed");
    }

    @Test
    void keepsBatchesSmall() throws IOException {
        // Given 2000 short frames, then frames of 300 kB
        write("1", "[]\n".repeat(2000) + ("[" + " ".repeat(300_000) + "]\n").repeat(8));
        ReplaySplitReader reader = reader(0);

        // Then batches are bounded by events and by bytes
        assertThat(IntStream.range(0, 6).map(i -> fetched(reader).size()).boxed().toList())
                .containsExactly(500, 500, 500, 500, 4, 4);
    }

    @Test
    void handsOutWhatIsDueBeforeItWaits() throws Exception {
        // Given two frames of one moment and one of an hour later, less a bit
        write("1", "1000\t[a]\n1000\t[b]\n3600000\t[c]\n");
        ReplaySplitReader reader = reader(1);

        // Then the first two come at once
        assertThat(fetched(reader)).containsExactly("[a] 0:0:9", "[b] 1:0:18");

        // When somebody else wants the thread while it waits for the third
        CompletableFuture<List<String>> waiting =
                CompletableFuture.supplyAsync(() -> fetched(reader));
        await().during(Duration.ofMillis(100)).until(() -> !waiting.isDone());
        reader.wakeUp();

        // Then it is let go, with nothing, and the third is still to come
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isEmpty();
        CompletableFuture<List<String>> again =
                CompletableFuture.supplyAsync(() -> fetched(reader));
        await().during(Duration.ofMillis(100)).until(() -> !again.isDone());
        reader.wakeUp();
        assertThat(again.get(10, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void waitsUntilEventsAreDue() throws IOException {
        // Given a frame 80 ms after another
        write("1", "1000\t[a]\n1080\t[b]\n");
        ReplaySplitReader reader = reader(1);
        long before = System.nanoTime();

        // When both are fetched
        List<String> events = new ArrayList<>();
        while (events.size() < 2) {
            events.addAll(fetched(reader));
        }

        // Then that time has passed
        assertThat(events).containsExactly("[a] 0:0:9", "[b] 1:0:18");
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(80_000_000);
    }

    @Test
    void pacesARecoveryFromItsFirstEvent() throws IOException {
        // Given a feed of which an hour was replayed before a failure
        write("1", "1000\t[a]\n3000000\t[b]\n3000000\t[c]");
        ReplaySplitReader reader =
                new ReplaySplitReader(new TextFeedFormat(), pacer(1), progress());
        reader.handleSplitsChanges(
                new SplitsAddition<>(List.of(new ReplaySplit(segments(), 0, 9, 1, null, 0))));

        // Then it goes on at once
        assertThat(fetched(reader)).containsExactly("[b] 1:0:21", "[c] 2:0:32");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private ReplaySplitReader reader(double speed) {
        ReplaySplitReader reader =
                new ReplaySplitReader(new TextFeedFormat(), pacer(speed), progress());
        reader.handleSplitsChanges(
                new SplitsAddition<>(List.of(ReplaySplit.whole(segments(), null))));
        return reader;
    }

    private List<String> segments() {
        return new TextFeedFormat().segments(folder).stream().map(Path::toString).toList();
    }

    private static Pacer pacer(double speed) {
        return new Pacer(speed, System::nanoTime);
    }

    private static ReplayProgress progress() {
        return new ReplayProgress(new UnregisteredMetricsGroup());
    }

    private static List<String> fetched(ReplaySplitReader reader) {
        try {
            return events(reader.fetch());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Each as its text and position:segment:offset. */
    private static List<String> events(RecordsWithSplitIds<ReplayRecord> batch) {
        List<String> events = new ArrayList<>();
        while (batch.nextSplit() != null) {
            ReplayRecord next = batch.nextRecordFromSplit();
            while (next != null) {
                RawFrame frame = (RawFrame) next.event();
                events.add(
                        new String(frame.payload(), StandardCharsets.UTF_8)
                                + " "
                                + next.position()
                                + ":"
                                + next.segment()
                                + ":"
                                + next.offset());
                next = batch.nextRecordFromSplit();
            }
        }
        return events;
    }
}

package io.massivepipeline.sources.live.journal;

import io.massivepipeline.sources.feed.FeedEvent;
import io.massivepipeline.sources.feed.FeedGap;
import io.massivepipeline.sources.feed.RawFrame;
import io.massivepipeline.sources.feed.Tick;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class JournalTest {

    private static final long NOON = 1_766_422_800_000L;

    @TempDir Path folder;

    @Test
    void handsOnWhatWasAppendedInOrder() throws IOException {
        try (Journal journal = open(-1)) {
            JournalReader reader = journal.reader(0, 0);

            journal.frame(bytes("[1]"), NOON);
            journal.tick(NOON + 100, true);
            journal.gap(NOON, NOON + 200, "closed: 1006");
            assertThat(reader.poll()).as("nothing is handed on before it is written").isEmpty();
            journal.commit();

            assertThat(texts(reader.poll()))
                    .containsExactly(
                            "0 [1] at " + NOON,
                            "1 tick at " + (NOON + 100),
                            "2 gap " + NOON + " to " + (NOON + 200) + " closed: 1006 lost -1");
            assertThat(reader.poll()).isEmpty();
            assertThat(reader.lag()).isZero();
        }
    }

    @Test
    void aNewProcessContinuesWhereTheOldOneWasKilled() throws IOException {
        // Given a journal that was never closed: another opens a copy of what is on disk
        Path copy = folder.resolve("copy");
        try (Journal journal = open(-1)) {
            write(journal, 0, 10);
            journal.tick(NOON + 1_000, true);
            journal.tick(NOON + 2_000, false);
            journal.commit();
            copyFolder(folder.resolve("journal"), copy);
        }

        // When it is opened from the position of a checkpoint
        try (Journal journal = Journal.open(settings(copy, 1 << 20, 1 << 20), 4)) {
            assertThat(journal.heardUntil()).isEqualTo(NOON + 1_000);
            write(journal, 12, 14);

            // Then it hands on what the checkpoint does not cover, and what is new after it
            assertThat(texts(journal.reader(4, 0).poll()))
                    .containsExactly(
                            "4 [4] at " + (NOON + 4),
                            "5 [5] at " + (NOON + 5),
                            "6 [6] at " + (NOON + 6),
                            "7 [7] at " + (NOON + 7),
                            "8 [8] at " + (NOON + 8),
                            "9 [9] at " + (NOON + 9),
                            "10 tick at " + (NOON + 1_000),
                            "11 tick at " + (NOON + 2_000),
                            "12 [12] at " + (NOON + 12),
                            "13 [13] at " + (NOON + 13));
        }
    }

    @Test
    void readsBehindFromDiskWhatMemoryDoesNotHold() throws IOException {
        try (Journal journal = open(-1, 4 << 10, 1 << 10)) {
            JournalReader reader = journal.reader(0, 0);
            for (int i = 0; i < 5_000; i += 10) {
                write(journal, i, i + 10);
            }
            assertThat(reader.lag()).isEqualTo(5_000);

            List<Long> positions = new ArrayList<>();
            for (List<JournalEntry> batch = reader.poll();
                    !batch.isEmpty();
                    batch = reader.poll()) {
                batch.forEach(entry -> positions.add(entry.position()));
            }

            assertThat(positions).hasSize(5_000).isSorted().doesNotHaveDuplicates();
            assertThat(reader.lag()).isZero();
            // and then it follows in memory again
            write(journal, 5_000, 5_001);
            assertThat(texts(reader.poll())).containsExactly("5000 [5000] at " + (NOON + 5_000));
        }
    }

    @Test
    void aReaderFollowsAWriterOfAnotherThread() throws Exception {
        int count = 60_000;
        try (Journal journal = open(-1, 64 << 10, 8 << 10)) {
            JournalReader reader = journal.reader(0, 0);
            CompletableFuture<Void> writing =
                    CompletableFuture.runAsync(
                            () -> {
                                Random random = new Random(3);
                                int next = 0;
                                while (next < count) {
                                    int until = Math.min(count, next + 1 + random.nextInt(200));
                                    write(journal, next, until);
                                    next = until;
                                }
                            });

            long expected = 0;
            while (expected < count) {
                reader.await(1_000);
                for (JournalEntry entry : reader.poll()) {
                    assertThat(entry.position()).isEqualTo(expected);
                    assertThat(text(entry))
                            .isEqualTo(expected + " [" + expected + "] at " + (NOON + expected));
                    expected++;
                }
            }
            writing.join();
        }
    }

    @Test
    void aWaitEndsWhenItIsWoken() throws Exception {
        try (Journal journal = open(-1)) {
            JournalReader reader = journal.reader(0, 0);

            reader.wakeUp();
            reader.await(3_600_000);

            assertThat(reader.poll()).isEmpty();
        }
    }

    @Test
    void removesWhatACheckpointCoversAndContinuesThere() throws IOException {
        try (Journal journal = open(-1, 1 << 10, 1 << 20)) {
            for (int i = 0; i < 100; i += 5) {
                write(journal, i, i + 5);
            }
            int before = files().size();

            journal.cover(73);
            journal.maintain();

            assertThat(files()).hasSizeLessThan(before).isNotEmpty();
            assertThat(journal.stats().frames()).isBetween(27L, 60L);
        }
        try (Journal journal = open(-1)) {
            assertThat(journal.firstUncovered()).isEqualTo(73);
            assertThat(texts(journal.reader(73, 0).poll()).get(0)).startsWith("73 [73]");
            assertThat(journal.reader(73, 0).poll()).hasSize(27);
        }
    }

    @Test
    void aRecordThatIsCutOffIsRemoved() throws IOException {
        try (Journal journal = open(-1)) {
            write(journal, 0, 5);
        }
        Path file = files().get(0);
        byte[] content = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(content, content.length - 1));

        try (Journal journal = open(-1)) {
            write(journal, 4, 6);
            assertThat(texts(journal.reader(0, 0).poll()))
                    .extracting(text -> text.substring(0, text.indexOf(" at")))
                    .containsExactly("0 [0]", "1 [1]", "2 [2]", "3 [3]", "4 [4]", "5 [5]");
        }
        int record = (content.length - SegmentHeader.SIZE) / 5;
        assertThat(Files.size(file)).isEqualTo(SegmentHeader.SIZE + 4L * record);
    }

    @Test
    void aDamagedRecordIsReportedAndPassedOver() throws IOException {
        try (Journal journal = open(-1)) {
            write(journal, 0, 9);
        }
        Path file = files().get(0);
        byte[] content = Files.readAllBytes(file);
        int record = (content.length - SegmentHeader.SIZE) / 9;
        content[SegmentHeader.SIZE + 3 * record + 20] ^= 1; // in the body of 3
        content[SegmentHeader.SIZE + 6 * record + 5] ^= 1; // in the length of 6
        Files.write(file, content);

        try (Journal journal = open(-1)) {
            assertThat(texts(journal.reader(0, 0).poll()))
                    .containsExactly(
                            "0 [0] at " + NOON,
                            "1 [1] at " + (NOON + 1),
                            "2 [2] at " + (NOON + 2),
                            "gap " + (NOON + 2) + " to " + (NOON + 4) + " journal damaged lost 1",
                            "4 [4] at " + (NOON + 4),
                            "5 [5] at " + (NOON + 5),
                            "gap " + (NOON + 5) + " to " + (NOON + 7) + " journal damaged lost 1",
                            "7 [7] at " + (NOON + 7),
                            "8 [8] at " + (NOON + 8));
        }
    }

    @Test
    void whateverIsDamagedTheRestIsRead() throws IOException {
        try (Journal journal = open(-1)) {
            write(journal, 0, 200);
        }
        Path file = files().get(0);
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(11);
        for (int round = 0; round < 300; round++) {
            byte[] content = whole.clone();
            int damages = 1 + random.nextInt(5);
            for (int i = 0; i < damages; i++) {
                int at = SegmentHeader.SIZE + random.nextInt(content.length - SegmentHeader.SIZE);
                content[at] = (byte) random.nextInt();
            }
            Files.write(file, Arrays.copyOf(content, content.length - random.nextInt(60)));

            List<Long> positions = new ArrayList<>();
            try (SegmentReader reader = SegmentReader.complete(file)) {
                for (JournalEntry e = reader.next(); e != null; e = reader.next()) {
                    assertThat(text(e))
                            .isEqualTo(
                                    e.position()
                                            + " ["
                                            + e.position()
                                            + "] at "
                                            + (NOON + e.position()));
                    positions.add(e.position());
                }
            }
            assertThat(positions).isSorted().hasSizeGreaterThanOrEqualTo(200 - damages - 3);
        }
    }

    @Test
    void aFullJournalGivesUpTheOldestAndSaysHowMany() throws IOException {
        JournalSettings small = settings(folder.resolve("journal"), 8 << 10, 1 << 10, 1 << 10);
        try (Journal journal = Journal.open(small, -1)) {
            JournalReader reader = journal.reader(0, 0);
            for (int i = 0; i < 1_000; i++) {
                write(journal, i, i + 1);
            }

            List<JournalEntry> read = reader.poll();

            assertThat(journal.stats().bytes()).isLessThanOrEqualTo(8 << 10);
            FeedGap gap = (FeedGap) read.get(0).event();
            assertThat(gap.reason()).isEqualTo("journal.max-size reached");
            assertThat(gap.framesLost()).isEqualTo(journal.stats().givenUp()).isPositive();
            assertThat(read).hasSize(1 + 1_000 - (int) gap.framesLost());
            assertThat(read.get(1).position()).isEqualTo(gap.framesLost());
            // resuming at the gap means resuming at the frame after it
            assertThat(read.get(0).position() + 1).isEqualTo(read.get(1).position());
        }
    }

    @Test
    void aCheckpointOlderThanTheJournalIsAGap() throws IOException {
        try (Journal journal = open(500)) {
            write(journal, 500, 502);
        }
        try (Journal journal = open(480)) {
            assertThat(texts(journal.reader(480, NOON - 5).poll()).get(0))
                    .isEqualTo(
                            "gap " + (NOON - 5) + " to " + (NOON + 500) + " journal lost lost 20");
        }
    }

    @Test
    void anOlderCheckpointFindsWhatIsStillThere() throws IOException {
        try (Journal journal = open(-1, 1 << 10, 1 << 20)) {
            for (int i = 0; i < 100; i += 5) {
                write(journal, i, i + 5);
            }
        }
        try (Journal journal = open(90, 1 << 10, 1 << 20)) {
            journal.cover(95);
            Files.writeString(folder.resolve("journal").resolve("covered"), "95");
        }
        int before = files().size();

        // When a job resumes from before what was covered
        try (Journal journal = open(80)) {
            journal.maintain();

            assertThat(files()).hasSize(before);
            assertThat(journal.reader(80, 0).poll()).hasSize(20);
        }
    }

    @Test
    void aLostJournalNeverHandsOnAPositionTwice() throws IOException {
        try (Journal journal = open(70)) {
            assertThat(journal.heardUntil()).isZero();
            write(journal, 70, 72);
            assertThat(journal.reader(70, 0).poll())
                    .extracting(JournalEntry::position)
                    .containsExactly(70L, 71L);
        }
    }

    @Test
    void oneFolderHasOneWriter() throws IOException {
        try (Journal journal = open(-1)) {
            assertThatThrownBy(() -> open(-1))
                    .isInstanceOf(JournalLockedException.class)
                    .hasMessageContaining(folder.resolve("journal").toString())
                    .hasMessageNotContaining("\n");
            assertThatThrownBy(() -> Journal.requireFree(folder.resolve("journal")))
                    .isInstanceOf(JournalLockedException.class);
            write(journal, 0, 1);
        }
        Journal.requireFree(folder.resolve("journal"));
        open(-1).close();
    }

    @Test
    void aDiskThatCannotBeWrittenStopsNothing() throws IOException {
        Path path = folder.resolve("journal");
        try (Journal journal = open(-1, 1 << 10, 4 << 10)) {
            JournalReader reader = journal.reader(0, 0);
            write(journal, 0, 35); // one segment, full
            assertThat(reader.poll()).hasSize(35);
            deleteFolder(path);
            Files.createFile(path);

            // When it can write no more
            write(journal, 35, 40);

            // Then the feed goes on, and that is counted
            assertThat(journal.stats().writable()).isFalse();
            assertThat(journal.stats().failures()).isEqualTo(1);
            assertThat(reader.poll()).hasSize(5);

            // And what memory cannot hold is a gap with a number
            for (int i = 40; i < 240; i++) {
                write(journal, i, i + 1);
            }
            List<JournalEntry> read = reader.poll();
            FeedGap gap = (FeedGap) read.get(0).event();
            assertThat(gap.reason()).isEqualTo("journal not writable");
            assertThat(read).hasSize(1 + 200 - (int) gap.framesLost());

            // And when the disk is there again, it is used
            Files.delete(path);
            Files.createDirectory(path);
            journal.maintain();
            write(journal, 240, 241);
            assertThat(journal.stats().writable()).isTrue();
            assertThat(files()).hasSize(1);
        }
    }

    @Test
    void framesMayBeSixteenMegabytes() throws IOException {
        byte[] large = new byte[16 << 20];
        new Random(5).nextBytes(large);
        try (Journal journal = open(-1)) {
            journal.frame(large, NOON);
            journal.frame(bytes("[]"), NOON);
            journal.commit();
        }
        try (Journal journal = open(-1)) {
            List<JournalEntry> read = new ArrayList<>();
            JournalReader reader = journal.reader(0, 0);
            for (List<JournalEntry> batch = reader.poll();
                    !batch.isEmpty();
                    batch = reader.poll()) {
                read.addAll(batch);
            }
            assertThat(((RawFrame) read.get(0).event()).payload()).isEqualTo(large);
            assertThat(read).hasSize(2);
        }
    }

    /** The form of version 1, byte by byte: a later version must still read it. */
    @Test
    void readsStoredBytes() throws IOException {
        Files.createDirectories(folder.resolve("journal"));
        Path file = folder.resolve("journal").resolve("00000000000000000007-000003.journal");
        Files.write(
                file,
                HexFormat.of()
                        .parseHex(
                                "4d504a4c0001"
                                        + "0000000000000007"
                                        + "00000003"
                                        + "0000019b472af280"
                                        + "24be2342"
                                        + "9e4d504a"
                                        + "00000013"
                                        + "4d3199fd"
                                        + "01"
                                        + "0000019b472af281"
                                        + "0000000000000007"
                                        + "5b5d"));

        try (Journal journal = open(-1)) {
            assertThat(texts(journal.reader(7, 0).poll()))
                    .containsExactly("7 [] at " + 0x19b472af281L);
        }
    }

    private Journal open(long position) throws IOException {
        return open(position, 1 << 20, 1 << 20);
    }

    private Journal open(long position, long segmentBytes, long memoryBytes) throws IOException {
        return Journal.open(
                settings(folder.resolve("journal"), segmentBytes, memoryBytes), position);
    }

    private static JournalSettings settings(Path path, long segmentBytes, long memoryBytes) {
        return settings(path, 64 << 20, segmentBytes, memoryBytes);
    }

    private static JournalSettings settings(
            Path path, long maxBytes, long segmentBytes, long memoryBytes) {
        return new JournalSettings(
                path.toString(), maxBytes, segmentBytes, memoryBytes, Duration.ofMillis(50));
    }

    private static void write(Journal journal, int from, int until) {
        for (int i = from; i < until; i++) {
            journal.frame(bytes("[" + i + "]"), NOON + i);
        }
        journal.commit();
    }

    private List<Path> files() throws IOException {
        return JournalFolder.segments(folder.resolve("journal"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> texts(List<JournalEntry> entries) {
        return entries.stream().map(JournalTest::text).toList();
    }

    private static String text(JournalEntry entry) {
        FeedEvent event = entry.event();
        if (event instanceof RawFrame frame) {
            String payload = new String(frame.payload(), StandardCharsets.UTF_8);
            return frame.position() + " " + payload + " at " + frame.receivedAt();
        }
        if (event instanceof Tick tick) {
            return tick.position() + " tick at " + tick.at();
        }
        FeedGap gap = (FeedGap) event;
        String text =
                "gap %d to %d %s lost %d"
                        .formatted(gap.from(), gap.to(), gap.reason(), gap.framesLost());
        return gap.framesLost() < 0 ? gap.position() + " " + text : text;
    }

    private static void copyFolder(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (Path file : JournalFolder.segments(from)) {
            Files.copy(file, to.resolve(file.getFileName()));
        }
    }

    private static void deleteFolder(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

package io.massivepipeline.sources.live;

import io.massivepipeline.fixtures.provider.ProviderOptions;
import io.massivepipeline.fixtures.provider.StandInProvider;
import io.massivepipeline.sources.feed.FeedEvent;
import io.massivepipeline.sources.feed.RawFrame;
import io.massivepipeline.sources.feed.Tick;
import io.massivepipeline.sources.live.journal.JournalFeedFormat;
import io.massivepipeline.sources.replay.ReplaySource;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a live run captured, replayed: the same frames and ticks with the same times. */
@Timeout(120)
class LiveCaptureITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir Path folder;

    @Test
    void aCaptureAndAJournalReplayWhatTheRunReceived() throws Exception {
        // Given a run with a lost connection, a failure of the job, a silence and an odd frame
        Path capture = folder.resolve("capture.txt.gz");
        Path journal = folder.resolve("journal");
        List<String> live;
        try (StandInProvider provider = StandInProvider.start(ProviderOptions.withKey("k-1"));
                LiveJob job = start(provider, journal, capture)) {
            await().atMost(SOON).until(() -> provider.channels().contains("T.*"));
            try (Trades trades = Trades.at(2_000, provider)) {
                await().atMost(SOON).until(() -> provider.log().events() > 1_000);
                provider.endConnections();
                await().atMost(SOON).until(() -> provider.log().events() > 3_000);
                job.tape().fail();
                await().atMost(SOON).until(() -> provider.log().events() > 5_000);
            }
            provider.publishFrame(bytes("[1,\n\t2]"), List.of(Trades.trade(0, 0)));
            provider.publishFrame(bytes("  "), List.of(Trades.trade(0, 0)));
            int ticks = job.tape().ticks().size();
            await().atMost(SOON).until(() -> job.tape().ticks().size() > ticks + 2);
            job.tape().hold();
            live = job.tape().replayable();
        }

        // When the capture and the journal are replayed
        List<String> captured = replay(ReplaySource.of(capture));
        List<String> journaled = replay(ReplaySource.of(journal, new JournalFeedFormat()));

        // Then the capture is all that the run had handed on; after it there may be more silence
        List<String> oneLine = live.stream().map(text -> text.replace('\n', '\r')).toList();
        assertThat(firstDifference(oneLine, captured)).isEmpty();
        assertThat(captured.size()).isBetween(live.size(), live.size() + 10);
        // and the journal is the same from the first segment on that no checkpoint covered
        int removed = captured.size() - journaled.size();
        assertThat(removed).isBetween(0, live.size() - 1_000 / 10);
        assertThat(firstDifference(live.subList(removed, live.size()), journaled)).isEmpty();
        assertThat(live)
                .anyMatch(text -> text.contains("[1,\n\t2]"))
                .noneMatch(text -> text.endsWith("  "));
        assertThat(Files.list(folder).map(Path::getFileName).map(Path::toString))
                .noneMatch(n -> n.endsWith(".mended"));
    }

    private LiveJob start(StandInProvider provider, Path journal, Path capture) throws Exception {
        LiveSource source =
                LiveSource.builder()
                        .url(provider.uri())
                        .apiKey(() -> "k-1")
                        .journal(journal.toString(), 1L << 30)
                        .reconnectDelay(Duration.ofMillis(300), Duration.ofSeconds(1))
                        .capture(capture.toString())
                        .build();
        return LiveJob.start(source, "capture", folder.resolve("checkpoints"), Optional.empty());
    }

    private static List<String> replay(ReplaySource source) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        List<String> events = new ArrayList<>();
        try (CloseableIterator<String> results =
                env.fromSource(source, WatermarkStrategy.noWatermarks(), "feed")
                        .map(LiveCaptureITCase::text)
                        .returns(Types.STRING)
                        .executeAndCollect()) {
            results.forEachRemaining(events::add);
        }
        return events;
    }

    private static String text(FeedEvent event) {
        return event instanceof RawFrame frame
                ? frame.receivedAt() + " " + new String(frame.payload(), StandardCharsets.UTF_8)
                : "tick " + ((Tick) event).at();
    }

    private static String firstDifference(List<String> expected, List<String> actual) {
        for (int i = 0; i < expected.size(); i++) {
            String found = i < actual.size() ? actual.get(i) : "nothing";
            if (!found.equals(expected.get(i))) {
                return "at " + i + ": " + found + " instead of " + expected.get(i);
            }
        }
        return "";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package io.massivepipeline.sources.live;

import io.massivepipeline.fixtures.provider.ProviderLog;
import io.massivepipeline.fixtures.provider.ProviderOptions;
import io.massivepipeline.fixtures.provider.StandInProvider;
import io.massivepipeline.fixtures.provider.socket.Opcode;
import io.massivepipeline.sources.feed.FeedGap;
import io.massivepipeline.sources.feed.RawFrame;
import io.massivepipeline.sources.trade.OptionTrade;
import io.massivepipeline.sources.wire.DeadLetter;
import io.massivepipeline.sources.wire.FrameListener;
import io.massivepipeline.sources.wire.FrameParser;
import io.massivepipeline.sources.wire.Lateness;
import io.massivepipeline.sources.wire.StatusEvent;

import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Whatever text a frame holds: it arrives as it was sent, and nothing breaks. */
@Timeout(600)
class LiveFuzzITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir Path folder;

    private StandInProvider provider;

    @BeforeEach
    void start() {
        provider = StandInProvider.start(ProviderOptions.withKey("k-1"));
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void fiveThousandOddFramesChangeNothing() throws Exception {
        fuzz(5_000, 20251223);
    }

    @Test
    @Tag("slow")
    void aHundredThousandOddFramesChangeNothing() throws Exception {
        fuzz(100_000, 7);
    }

    @Test
    void invalidUtf8EndsTheConnectionAndIsAGap() throws Exception {
        try (LiveJob job = job()) {
            provider.publish(List.of(Trades.trade(1, 1)));

            provider.sendFrame(Opcode.TEXT, true, new byte[] {'[', (byte) 0xC3, (byte) 0x28, ']'});

            await().atMost(SOON).until(() -> provider.log().connections() == 2 && isSubscribed());
            provider.publish(List.of(Trades.trade(2, 2)));
            await().atMost(SOON)
                    .until(() -> Trades.numbers(job.tape().dataFrames()).equals(List.of(1L, 2L)));
            assertThat(job.tape().gaps())
                    .extracting(FeedGap::framesLost)
                    .containsExactly(FeedGap.UNKNOWN);
        }
    }

    @Test
    void binaryFramesAreFramesToo() throws Exception {
        try (LiveJob job = job()) {
            provider.sendFrame(Opcode.BINARY, true, new byte[] {'[', '7', ']'});

            await().atMost(SOON).until(() -> job.tape().frames().contains("[7]"));
            assertThat(job.tape().gaps()).isEmpty();
        }
    }

    private void fuzz(int count, long seed) throws Exception {
        try (LiveJob job = job()) {
            // When odd frames come, among them status messages that are none
            FrameMutations mutations = new FrameMutations(seed);
            for (int i = 0; i < count; i++) {
                provider.publishFrame(mutations.next(), List.of(Trades.trade(i, 1)));
            }
            provider.publish(List.of(Trades.trade(count, 1)));

            // Then all of them arrive over the one connection, and the parser takes each
            ProviderLog log = provider.log();
            await().atMost(SOON).until(() -> job.tape().frames().size() == log.deliveries().size());
            List<String> frames = job.tape().frames();
            assertThat(frames)
                    .isEqualTo(log.deliveries().stream().map(ProviderLog.Delivery::text).toList());
            assertThat(log.connections()).isEqualTo(1);
            assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
            Counter counter = new Counter();
            FrameParser parser = new FrameParser(counter, new Lateness(Duration.ofMillis(100)));
            frames.forEach(
                    frame ->
                            parser.parse(
                                    new RawFrame(
                                            frame.getBytes(StandardCharsets.UTF_8),
                                            RawFrame.UNKNOWN,
                                            1)));
            assertThat(counter.trades).isPositive();
            assertThat(counter.deadLetters).isPositive();
        }
    }

    private LiveJob job() throws Exception {
        LiveSource source =
                LiveSource.builder()
                        .url(provider.uri())
                        .apiKey(() -> "k-1")
                        .journal(folder.resolve("journal").toString(), 1L << 30)
                        .reconnectDelay(Duration.ofMillis(200), Duration.ofSeconds(1))
                        .build();
        LiveJob job =
                LiveJob.start(source, "fuzz", folder.resolve("checkpoints"), Optional.empty());
        await().atMost(SOON).until(this::isSubscribed);
        return job;
    }

    private boolean isSubscribed() {
        return provider.channels().contains("T.*");
    }

    /** Counts what the parser tells. */
    private static final class Counter implements FrameListener {

        private int trades;
        private int deadLetters;

        @Override
        public void trade(OptionTrade trade) {
            trades++;
        }

        @Override
        public void deadLetter(DeadLetter letter) {
            deadLetters++;
        }

        @Override
        public void status(StatusEvent event) {
            // Counted by nobody here.
        }

        @Override
        public void other() {
            // Counted by nobody here.
        }
    }
}

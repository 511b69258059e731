package io.massivepipeline.sources.live;

import io.massivepipeline.fixtures.provider.Faults;
import io.massivepipeline.fixtures.provider.ProviderEvent;
import io.massivepipeline.fixtures.provider.ProviderLog;
import io.massivepipeline.fixtures.provider.ProviderOptions;
import io.massivepipeline.fixtures.provider.StandInProvider;
import io.massivepipeline.sources.feed.FeedGap;
import io.massivepipeline.sources.provider.ApiKey;

import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.ExceptionUtils;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The live source on a real cluster, against the stand-in over real sockets: exactly the trades
 * that the stand-in delivered come out, and what it published meanwhile lies in recorded gaps.
 */
@Timeout(120)
class LiveSourceITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private static final String KEY = "s3cr3t-k3y-0f-th3-t3st";
    private static final Queue<Set<String>> WANTED = new ConcurrentLinkedQueue<>();
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir Path folder;

    private StandInProvider provider;
    private ProviderLog log;
    private String name;

    @BeforeEach
    void start(TestInfo test) {
        name = test.getDisplayName();
        provider = StandInProvider.start(ProviderOptions.withKey(KEY));
        log = provider.log();
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void handsOnEveryFrameOnceAndTellsHowItFares() throws Exception {
        try (LiveJob job = start()) {
            awaitStreaming();
            try (Trades trades = Trades.at(2_000, provider)) {
                await().atMost(SOON).until(() -> trades.sent() > 4_000);
            }
            awaitEverythingDelivered(job);

            assertComplete(job);
            assertThat(job.tape().gaps()).isEmpty();
            // status messages are part of the feed too
            assertThat(job.tape().frames().get(0)).contains("Connected Successfully");
            await().atMost(SOON).until(() -> job.tape().status().subscriptions() == 1);
            assertThat(job.tape().status().connected()).isTrue();
            assertThat(job.tape().status().journalFrames()).isPositive();
            assertThat(log.connections()).isEqualTo(1);
        }
        assertThat(log.passages())
                .last()
                .extracting(ProviderLog.Passage::what)
                .isEqualTo("end 1000");
    }

    @Test
    void silenceBecomesTicks() throws Exception {
        try (LiveJob job = start()) {
            awaitStreaming();
            provider.publish(List.of(Trades.trade(0, System.currentTimeMillis())));

            await().atMost(SOON).until(() -> !job.tape().dataFrames().isEmpty());
            await().atMost(SOON)
                    .until(() -> job.tape().receptions().size() == job.tape().frames().size());

            // There may have been ticks before it
            long received = last(job.tape().receptions());
            List<Long> after =
                    await().atMost(SOON)
                            .until(
                                    () ->
                                            job.tape().ticks().stream()
                                                    .filter(at -> at > received)
                                                    .toList(),
                                    ticks -> ticks.size() >= 2);
            assertThat(after.get(0) - received).isBetween(100L, 400L);
            assertThat(after.get(1) - after.get(0)).isBetween(1_000L, 1_400L);
        }
    }

    @Test
    void connectionsThatEndInABurstCostOnlyWhatWasNotDelivered() throws Exception {
        try (LiveJob job = start()) {
            awaitStreaming();
            Trades trades = Trades.at(5_000, provider);
            for (int i = 1; i <= 5; i++) {
                long enough = log.events() + 1_000;
                await().atMost(SOON).until(() -> log.events() > enough);
                provider.endConnections();
                int next = i + 1;
                await().atMost(SOON).until(() -> log.connections() == next && isSubscribed());
            }
            finish(trades, job);

            assertComplete(job);
            assertGapsHoldTheRest(job, trades);
            assertThat(job.tape().gaps()).hasSize(5);
            await().atMost(SOON).until(() -> job.tape().status().reconnects() == 5);
        }
    }

    @Test
    void aHalfOpenSocketIsNoticed() throws Exception {
        try (LiveJob job = start(builder().silenceTimeout(Duration.ofSeconds(2)))) {
            awaitStreaming();
            Trades trades = Trades.at(2_000, provider);
            await().atMost(SOON).until(() -> log.events() > 1_000);

            provider.faults().silent(true).deaf(true);
            provider.applyFaults();
            await().atMost(SOON).until(() -> log.connections() == 2);
            provider.resetConnections();
            provider.faults().silent(false).deaf(false);
            await().atMost(SOON).until(this::isSubscribed);
            finish(trades, job);

            assertComplete(job);
            assertGapsHoldTheRest(job, trades);
            assertThat(job.tape().gaps()).extracting(FeedGap::reason).contains("silent socket");
        }
    }

    @Test
    void tooManyConnectionsAreWaitedFor() throws Exception {
        provider.faults().maxConnections(2);
        try (LiveJob job = start()) {
            Trades trades = Trades.at(2_000, provider);
            await().atMost(SOON).until(() -> log.connections() == 3 && isSubscribed());
            finish(trades, job);

            assertComplete(job);
            assertGapsHoldTheRest(job, trades);
            List<Long> opened = opened();
            assertThat(opened.get(1) - opened.get(0)).isGreaterThanOrEqualTo(700);
            assertThat(opened.get(2) - opened.get(1)).isGreaterThanOrEqualTo(700);
        }
    }

    @Test
    void aRestartOfTheServerIsSurvived() throws Exception {
        try (LiveJob job = start()) {
            awaitStreaming();
            Trades trades = Trades.at(2_000, provider);
            await().atMost(SOON).until(() -> log.events() > 1_000);
            provider.stop();
            provider.restart();
            await().atMost(SOON).until(() -> log.connections() == 2 && isSubscribed());
            finish(trades, job);

            assertComplete(job);
            assertGapsHoldTheRest(job, trades);
        }
    }

    @Test
    void failuresOfTheJobLoseNothingThatWasDelivered() throws Exception {
        try (LiveJob job = start()) {
            awaitStreaming();
            Trades trades = Trades.at(5_000, provider);
            for (int i = 1; i <= 3; i++) {
                long enough = log.events() + 2_000;
                await().atMost(SOON).until(() -> log.events() > enough);
                job.tape().fail();
                int next = i + 1;
                await().atMost(SOON).until(() -> log.connections() == next && isSubscribed());
            }
            finish(trades, job);

            assertComplete(job);
            assertGapsHoldTheRest(job, trades);
        }
    }

    @Test
    void aNewProcessGoesOnBehindTheNewestCheckpoint() throws Exception {
        Trades trades;
        Recorder.Tape tape;
        try (LiveJob job = start()) {
            awaitStreaming();
            trades = Trades.at(5_000, provider);
            await().atMost(SOON).until(() -> log.events() > 4_000);
            // Given that the job hangs while frames still come
            job.tape().hold();
            long enough = log.events() + 4_000;
            await().atMost(SOON).until(() -> log.events() > enough);
            tape = job.tape();
        }
        List<String> first = tape.dataFrames();
        String checkpoint = LiveJob.newestCheckpoint(folder.resolve("checkpoints"));

        String second = name + " resumed";
        try (LiveJob job =
                LiveJob.start(
                        builder().build(),
                        second,
                        folder.resolve("more"),
                        Optional.of(checkpoint))) {
            await().atMost(SOON).until(() -> log.connections() == 2 && isSubscribed());
            trades.close();
            Set<Long> all = new HashSet<>(Trades.numbers(first));
            await().atMost(SOON)
                    .until(
                            () -> {
                                all.addAll(Trades.numbers(job.tape().dataFrames()));
                                return all.containsAll(Trades.numbers(log.dataFrames()));
                            });
            // Then what was delivered to either came out, from the first behind the checkpoint on
            List<Long> numbers = Trades.numbers(job.tape().dataFrames());
            assertThat(numbers).doesNotHaveDuplicates().isSorted();
            assertThat(numbers.get(0)).isLessThanOrEqualTo(last(Trades.numbers(first)) + 1);
            assertThat(job.tape().gaps()).extracting(FeedGap::reason).contains("restart");
        }
    }

    @Test
    void aJobThatHangsDoesNotSlowTheSocketDown() throws Exception {
        try (LiveJob job = start()) {
            awaitStreaming();
            Trades trades = Trades.at(20_000, provider);
            await().atMost(SOON).until(() -> log.events() > 10_000);

            job.tape().hold();
            long enough = log.events() + 100_000;
            await().atMost(SOON).until(() -> log.events() > enough);
            assertThat(log.slowestNanos()).isLessThan(Duration.ofMillis(500).toNanos());
            job.tape().release();
            finish(trades, job);

            assertComplete(job);
            assertThat(job.tape().gaps()).isEmpty();
        }
    }

    @Test
    void fragmentsAndFramesOfTenMegabytesArrive() throws Exception {
        provider.faults().fragments(1_000);
        try (LiveJob job = start()) {
            awaitStreaming();
            String large = "[" + Trades.trade(0, 1).json() + " ".repeat(10 << 20) + "]";
            provider.publishFrame(bytes(large), List.of(Trades.trade(0, 1)));
            provider.publish(LongStream.range(1, 1_000).mapToObj(i -> Trades.trade(i, 2)).toList());
            awaitEverythingDelivered(job);

            assertComplete(job);
        }
    }

    @ParameterizedTest(name = "acknowledgements {0}")
    @EnumSource(Faults.Acknowledgements.class)
    void acknowledgementsMayComeInAnyWayOrNone(Faults.Acknowledgements how) throws Exception {
        provider.faults().acknowledgements(how);
        int count = how == Faults.Acknowledgements.NONE ? 10 : 450;
        String[] channels =
                LongStream.range(0, count)
                        .mapToObj(i -> "T.O:A%03d251223C00100000".formatted(i))
                        .toArray(String[]::new);
        try (LiveJob job =
                start(builder().subscriptions(SubscriptionFeed.fixed(List.of(channels))))) {
            if (how == Faults.Acknowledgements.WITH_DATA) {
                await().atMost(SOON)
                        .pollInterval(Duration.ofMillis(100))
                        .until(
                                () -> {
                                    provider.publish(
                                            List.of(
                                                    new ProviderEvent(
                                                            "T",
                                                            "O:A000251223C00100000",
                                                            Trades.trade(1, 1).json())));
                                    return isStreaming(job);
                                });
            }
            await().atMost(SOON).until(() -> isStreaming(job));

            assertThat(provider.channels()).containsExactlyInAnyOrder(channels);
            assertThat(job.tape().status().subscriptions())
                    .isEqualTo(how == Faults.Acknowledgements.NONE ? 0 : 450);
        }
    }

    @Test
    void aChangeOfTheWantedChannelsNeedsNoNewConnection() throws Exception {
        WANTED.clear();
        WANTED.add(Set.of("T.O:A251223C00100000", "T.O:B251223C00100000"));
        try (LiveJob job = start(builder().subscriptions(Changing::new))) {
            await().atMost(SOON).until(() -> provider.channels().size() == 2);

            WANTED.add(Set.of("T.O:B251223C00100000", "T.O:C251223C00100000"));

            await().atMost(SOON).until(() -> provider.channels().contains("T.O:C251223C00100000"));
            assertThat(provider.channels())
                    .containsExactlyInAnyOrder("T.O:B251223C00100000", "T.O:C251223C00100000");
            await().atMost(SOON)
                    .until(() -> isStreaming(job) && job.tape().status().subscriptions() == 2);
            assertThat(job.tape().status().subscriptionsAdded()).isEqualTo(1);
            assertThat(job.tape().status().subscriptionsRemoved()).isEqualTo(1);
            assertThat(log.received("subscribe")).hasSize(3);
            assertThat(log.connections()).isEqualTo(1);
        }
    }

    @Test
    void aRefusedChannelIsKeptApart() throws Exception {
        provider.faults().refuseChannel("T.O:B251223C00100000");
        try (LiveJob job =
                start(
                        builder()
                                .subscriptions(
                                        SubscriptionFeed.fixed(
                                                List.of(
                                                        "T.O:A251223C00100000",
                                                        "T.O:B251223C00100000"))))) {
            await().atMost(SOON).until(() -> isStreaming(job));

            assertThat(job.tape().status().subscriptions()).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "authentication {0}")
    @EnumSource(
            value = Faults.Auth.class,
            names = {"WRONG_KEY", "NO_PLAN", "NO_REAL_TIME"})
    void aRefusedKeyFailsTheJobForGoodWithOneLine(Faults.Auth auth) throws Exception {
        provider.faults().auth(auth);
        try (LiveJob job = start()) {
            Throwable failure = job.failure();

            assertThat(failure).hasStackTraceContaining("FatalFeedException: The p");
            assertThat(failure).hasStackTraceContaining("API key");
            assertThat(log.connections()).isEqualTo(1);
            assertThat(ExceptionUtils.stringifyException(failure)).doesNotContain(KEY);
        }
    }

    @Test
    void aMissingKeyFailsTheJobForGoodWithOneLine() throws Exception {
        String file = folder.resolve("none").toString();
        try (LiveJob job = start(builder().apiKey(ApiKey.fromFile(file)))) {
            assertThat(job.failure())
                    .hasStackTraceContaining("FatalFeedException: No API key: the file " + file);
            assertThat(log.connections()).isZero();
        }
    }

    @Test
    void stopsBehindTheLastFrameThatWasDelivered() throws Exception {
        String journal = folder.resolve("journal").toString();
        try (LiveJob job = start()) {
            awaitStreaming();
            Trades trades = Trades.at(5_000, provider);
            await().atMost(SOON).until(() -> log.events() > 2_000);

            // When it is asked to stop while trades still come
            StopFile stop = StopFile.in(journal);
            stop.request();
            assertThat(stop.awaitDrained(SOON)).isTrue();
            job.stopWithSavepoint(folder.resolve("savepoints"));
            trades.close();

            // Then the provider saw a close frame, and all that it delivered is in the savepoint
            assertThat(log.passages())
                    .last()
                    .extracting(ProviderLog.Passage::what)
                    .isEqualTo("end 1000");
            assertComplete(job);
        }
        assertThat(Files.exists(Path.of(journal, "stop"))).isFalse();
    }

    private LiveSourceBuilder builder() throws Exception {
        Path key = folder.resolve("key");
        Files.writeString(key, KEY);
        return LiveSource.builder()
                .url(provider.uri())
                .apiKey(ApiKey.fromFile(key.toString()))
                .journal(folder.resolve("journal").toString(), 1L << 30)
                .reconnectDelay(Duration.ofMillis(200), Duration.ofSeconds(1))
                .maxConnectionsDelay(Duration.ofMillis(700))
                // Else, in hours of trading, a feed without trades would be taken for dead
                .silenceTimeout(Duration.ofMinutes(10));
    }

    private LiveJob start() throws Exception {
        return start(builder());
    }

    private LiveJob start(LiveSourceBuilder builder) throws Exception {
        return LiveJob.start(
                builder.build(), name, folder.resolve("checkpoints"), Optional.empty());
    }

    private void awaitStreaming() {
        await().atMost(SOON).until(this::isSubscribed);
    }

    private boolean isSubscribed() {
        return provider.channels().contains("T.*");
    }

    private static boolean isStreaming(LiveJob job) {
        return job.tape().status() != null && job.tape().status().connected();
    }

    private List<Long> opened() {
        return log.passages().stream()
                .filter(passage -> passage.what().equals("open"))
                .map(ProviderLog.Passage::atMs)
                .toList();
    }

    private void finish(Trades trades, LiveJob job) throws Exception {
        long enough = log.events() + 1_000;
        await().atMost(SOON).until(() -> log.events() > enough);
        trades.close();
        awaitEverythingDelivered(job);
    }

    private void awaitEverythingDelivered(LiveJob job) {
        await().atMost(SOON).until(() -> job.tape().dataFrames().size() >= log.dataFrames().size());
    }

    private void assertComplete(LiveJob job) {
        assertThat(job.tape().contradictions()).isEmpty();
        assertThat(job.tape().holes()).isZero();
        assertThat(job.tape().dataFrames()).isEqualTo(log.dataFrames());
    }

    /** What was published and not delivered was published in a gap. */
    private void assertGapsHoldTheRest(LiveJob job, Trades trades) {
        Set<Long> delivered = new HashSet<>(Trades.numbers(log.dataFrames()));
        long first = delivered.stream().mapToLong(Long::longValue).min().orElseThrow();
        List<Long> outside =
                LongStream.range(first, trades.sent())
                        .filter(number -> !delivered.contains(number))
                        .filter(number -> !job.tape().isInGap(trades.timeOf(number)))
                        .boxed()
                        .toList();
        assertThat(outside).isEmpty();
    }

    private static long last(List<Long> numbers) {
        return numbers.get(numbers.size() - 1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Tells what the test puts into the queue. */
    private static final class Changing implements SubscriptionFeed {

        private final AtomicBoolean closed = new AtomicBoolean();

        @Override
        public void start(Consumer<Set<String>> wanted) {
            CompletableFuture.runAsync(
                    () -> {
                        while (!closed.get()) {
                            Set<String> next = WANTED.poll();
                            if (next != null) {
                                wanted.accept(next);
                            }
                            LockSupport.parkNanos(1_000_000);
                        }
                    });
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }
}

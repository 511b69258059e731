package io.massivepipeline.sources.live;

import io.massivepipeline.fixtures.provider.Faults;
import io.massivepipeline.fixtures.provider.ProviderLog;
import io.massivepipeline.fixtures.provider.ProviderOptions;
import io.massivepipeline.fixtures.provider.StandInProvider;

import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Random faults from a seed, one after the other, while trades come. */
@Timeout(900)
class LiveSoakITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir Path folder;

    private StandInProvider provider;
    private ProviderLog log;

    @Test
    void tenFaults() throws Exception {
        soak(10, 20251223);
    }

    @Test
    @Tag("slow")
    void twoHundredFaults() throws Exception {
        soak(200, System.nanoTime());
    }

    private void soak(int faults, long seed) throws Exception {
        provider = StandInProvider.start(ProviderOptions.withKey("k-1"));
        log = provider.log();
        Random random = new Random(seed);
        LiveSource source =
                LiveSource.builder()
                        .url(provider.uri())
                        .apiKey(() -> "k-1")
                        .journal(folder.resolve("journal").toString(), 64L << 20)
                        .reconnectDelay(Duration.ofMillis(100), Duration.ofMillis(800))
                        .maxConnectionsDelay(Duration.ofMillis(300))
                        .silenceTimeout(Duration.ofMillis(1_500))
                        .build();
        try (LiveJob job =
                LiveJob.start(source, "soak", folder.resolve("checkpoints"), Optional.empty())) {
            awaitConnection(1);
            Trades trades = Trades.at(5_000, provider);
            for (int i = 0; i < faults; i++) {
                long enough = log.events() + 500 + random.nextInt(2_000);
                await().atMost(SOON).until(() -> log.events() > enough);
                strike(random, job);
            }
            long enough = log.events() + 2_000;
            await().atMost(SOON).until(() -> log.events() > enough);
            trades.close();
            await().atMost(SOON)
                    .until(() -> job.tape().dataFrames().size() >= log.dataFrames().size());

            assertThat(job.tape().contradictions()).as("seed %d", seed).isEmpty();
            assertThat(job.tape().holes()).as("seed %d", seed).isZero();
            assertThat(job.tape().dataFrames().equals(log.dataFrames()))
                    .as("seed %d", seed)
                    .isTrue();
            assertThat(outsideOfGaps(job, trades)).as("seed %d", seed).isEmpty();
        } finally {
            provider.close();
        }
    }

    private void strike(Random random, LiveJob job) {
        int connections = log.connections();
        provider.faults()
                .fragments(random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(500))
                .acknowledgements(
                        random.nextBoolean()
                                ? Faults.Acknowledgements.TOGETHER
                                : Faults.Acknowledgements.WITH_DATA);
        switch (random.nextInt(6)) {
            case 0 -> provider.endConnections();
            case 1 -> provider.closeConnections(1001, "going away");
            case 2 -> provider.kickConnections();
            case 3 -> {
                provider.stop();
                provider.restart();
            }
            case 4 -> job.tape().fail();
            default -> {
                provider.faults().silent(true).deaf(true);
                provider.applyFaults();
                await().atMost(SOON).until(() -> log.connections() > connections);
                provider.resetConnections();
                provider.faults().silent(false).deaf(false);
            }
        }
        awaitConnection(connections + 1);
    }

    private void awaitConnection(int atLeast) {
        await().atMost(SOON)
                .until(() -> log.connections() >= atLeast && provider.channels().contains("T.*"));
    }

    private Set<Long> outsideOfGaps(LiveJob job, Trades trades) {
        Set<Long> delivered = new HashSet<>(Trades.numbers(log.dataFrames()));
        long first = delivered.stream().mapToLong(Long::longValue).min().orElseThrow();
        Set<Long> outside = new HashSet<>();
        LongStream.range(first, trades.sent())
                .filter(number -> !delivered.contains(number))
                .filter(number -> !job.tape().isInGap(trades.timeOf(number)))
                .forEach(outside::add);
        return outside;
    }
}

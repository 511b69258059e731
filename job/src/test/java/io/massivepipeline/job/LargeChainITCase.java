package io.massivepipeline.job;

import io.massivepipeline.fixtures.market.ListedMarket;
import io.massivepipeline.fixtures.market.Market;
import io.massivepipeline.fixtures.market.StrikeLadder;
import io.massivepipeline.fixtures.provider.ProviderOptions;
import io.massivepipeline.fixtures.provider.StandInProvider;
import io.massivepipeline.fixtures.provider.rest.RestOptions;
import io.massivepipeline.fixtures.provider.rest.StandInRest;
import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;
import io.massivepipeline.job.oracle.ContextContent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A chain of 20 000 contracts through the whole job, from the pollers to what stands in Redis, in
 * 256 MB of heap more than the same job has in use while nothing is asked for.
 */
@Timeout(300)
class LargeChainITCase {

    private static final Duration SOON = Duration.ofSeconds(120);
    private static final String KEY = "k-77ab03";
    private static final int MORE_MB = 256;
    private static final int CONTRACTS = 20_000;

    @TempDir Path folder;

    private final ListedMarket market = ListedMarket.of(Market.seeded(5));

    private RedisServer redis;
    private StandInProvider provider;
    private StandInRest rest;

    @BeforeEach
    void start() {
        // Strikes every 5 dollars up to 13 % from the money, in six weeks of dailies
        market.script()
                .price("SPX", 6878.49)
                .price("VIX", 14.1)
                .ladder("SPX", new StrikeLadder(5_000, 0.5, 5_000, 0.13));
        redis = RedisServers.embedded(RedisOptions.defaults());
        provider = StandInProvider.start(ProviderOptions.withKey(KEY));
        rest = StandInRest.start(RestOptions.of(KEY, market));
    }

    @AfterEach
    void stop() {
        rest.close();
        provider.close();
        redis.close();
    }

    private PipelineProcess run(int heapMb, String... more) throws IOException {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--source=live",
                                "--ws.url=" + provider.uri(),
                                "--rest.url=" + rest.uri(),
                                "--redis.uri=" + redis.uri(),
                                "--chain.expirations=30",
                                "--chain.range-multiplier=20",
                                "--chain.interval=5 s",
                                "--snapshot.underlyings=SPX",
                                "--fresh=true",
                                "--execution.checkpointing.interval=1s",
                                "--journal.dir=" + folder.resolve("journal"),
                                "--resume.dir=" + folder.resolve("state")));
        arguments.addAll(List.of(more));
        return PipelineProcess.start(
                List.of(
                        "-Xmx" + heapMb + "m",
                        "-XX:-UseSerialGC",
                        "-XX:+UseG1GC",
                        "-XX:+ExitOnOutOfMemoryError"),
                folder,
                Map.of("MASSIVE_API_KEY", KEY),
                arguments.toArray(String[]::new));
    }

    @Test
    void isFetchedSelectedAndPublishedInAQuarterOfAGigabyteMore() throws Exception {
        // Given what the job has in use when it has nothing to ask for
        PipelineProcess idle = run(512, "--underlyings=", "--spot.symbols=");
        await().atMost(SOON).until(() -> provider.channels().contains("T.*"));
        int idleMb = idle.heapInUseMb();
        idle.terminate();
        assertThat(idle.exitCode()).as(idle.err()).isZero();

        // When it asks for a chain of 20 000 contracts again and again
        PipelineProcess run =
                run(idleMb + MORE_MB, "--underlyings=SPX", "--spot.symbols=I:SPX,I:VIX");

        // Then all of it is published, more than once, beside checkpoints
        try (ContextContent context = new ContextContent(redis)) {
            await().atMost(SOON)
                    .until(
                            () -> {
                                assertThat(run.isAlive()).as(run.err()).isTrue();
                                return runs(context) >= 3;
                            });
            assertThat(context.channels()).hasSizeGreaterThan(CONTRACTS);
            assertThat(context.selections().values())
                    .hasSize(30)
                    .allSatisfy(it -> assertThat(it.get("contracts")).hasSizeGreaterThan(500));
            assertThat(context.hash("massive:chain:analytics")).containsEntry("errors", "0");
        }
        assertThat(new ResumeFolder(folder.resolve("state")).newest()).isPresent();
        run.terminate();
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).doesNotContain("OutOfMemory");
    }

    private static long runs(ContextContent context) {
        return Long.parseLong(context.hash("massive:chain:analytics").getOrDefault("runs", "0"));
    }
}

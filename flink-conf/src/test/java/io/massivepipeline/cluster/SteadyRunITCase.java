package io.massivepipeline.cluster;

import io.massivepipeline.fixtures.market.ListedMarket;
import io.massivepipeline.fixtures.market.Market;
import io.massivepipeline.fixtures.provider.MarketDriver;
import io.massivepipeline.fixtures.provider.ProviderOptions;
import io.massivepipeline.fixtures.provider.StandInProvider;
import io.massivepipeline.fixtures.provider.rest.RestOptions;
import io.massivepipeline.fixtures.provider.rest.StandInRest;
import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;
import io.massivepipeline.job.LiveFeedTape;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A live run at a busy day's rate for as long as {@code -Dsteady.minutes} says, 20 if nothing: what
 * it holds must not grow. Leaves a flight recording of each TaskManager in {@code target/}.
 */
@Tag("slow")
class SteadyRunITCase {

    private static final Logger LOG = LoggerFactory.getLogger(SteadyRunITCase.class);

    private static final int MINUTES = Integer.getInteger("steady.minutes", 20);
    private static final double TRADES_PER_SECOND = Integer.getInteger("steady.rate", 20_000);
    private static final Duration SAMPLE = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String KEY = "k-20aa";

    /** State reaches its size with the horizon of the ids and the length of the streams. */
    private static final int SETTLED = 3;

    @TempDir Path folder;

    @Test
    void whatIsHeldDoesNotGrow() throws Exception {
        Map<String, String> environment =
                Map.of(
                        "MASSIVE_API_KEY",
                        KEY,
                        LocalCluster.JAVA_OPTIONS,
                        "",
                        "TASKMANAGER_JVM",
                        "-XX:StartFlightRecording:settings=profile,dumponexit=true,filename="
                                + Files.createDirectories(folder.resolve("flight")));
        List<List<JvmUse>> samples = new ArrayList<>();
        try (RedisServer redis = RedisServers.embedded(RedisOptions.defaults());
                StandInProvider provider =
                        StandInProvider.start(ProviderOptions.withKey(KEY).withoutKeepingFrames());
                StandInRest rest =
                        StandInRest.start(RestOptions.of(KEY, ListedMarket.of(Market.seeded(19))));
                LocalCluster running = LocalCluster.start("SteadyRunITCase", environment)) {
            // Given a live run at a steady rate
            running.submit(
                    List.of(
                            "--ws.url=" + provider.uri(),
                            "--rest.url=" + rest.uri(),
                            "--journal.dir=" + folder.resolve("journal"),
                            "--redis.uri=" + redis.uri(),
                            "--trades.max-length=10000",
                            "--parallelism.default=2"));
            await().atMost(SOON).until(() -> provider.channels().contains("T.*"));
            try (MarketDriver market = LiveFeedTape.play(provider, 19, TRADES_PER_SECOND)) {
                // When it goes on for minutes
                for (int minute = 0; minute < MINUTES; minute++) {
                    await().pollDelay(SAMPLE).atMost(SAMPLE.multipliedBy(2)).until(() -> true);
                    samples.add(use(running));
                    LOG.info(
                            "minute {}: {} trades sent, {}",
                            minute + 1,
                            provider.log().events(),
                            samples.get(minute));
                }
            }
        }

        // Then it holds at the end what it held when it had settled
        for (Path recording : recordings()) {
            LOG.info("{}\n{}", recording, JfrSummary.of(recording));
        }
        List<JvmUse> settled = samples.get(Math.min(SETTLED, MINUTES - 1));
        List<JvmUse> last = samples.get(MINUTES - 1);
        for (int i = 0; i < settled.size(); i++) {
            assertThat(last.get(i).heap()).isLessThan(settled.get(i).heap() * 5 / 4);
            assertThat(last.get(i).metaspace()).isLessThan(settled.get(i).metaspace() * 11 / 10);
            assertThat(last.get(i).threads()).isLessThan(settled.get(i).threads() + 12);
            assertThat(last.get(i).handles()).isLessThan(settled.get(i).handles() + 12);
        }
    }

    private static List<JvmUse> use(LocalCluster cluster) throws Exception {
        List<JvmUse> use = new ArrayList<>();
        for (long process : cluster.processes()) {
            use.add(JvmUse.of(process));
        }
        return use;
    }

    /** Moved to where they outlive the test. */
    private List<Path> recordings() throws Exception {
        List<Path> kept = new ArrayList<>();
        try (var files = Files.newDirectoryStream(folder.resolve("flight"), "*.jfr")) {
            for (Path file : files) {
                kept.add(
                        Files.copy(
                                file,
                                Path.of("target").resolve(file.getFileName()),
                                StandardCopyOption.REPLACE_EXISTING));
            }
        }
        return kept;
    }
}

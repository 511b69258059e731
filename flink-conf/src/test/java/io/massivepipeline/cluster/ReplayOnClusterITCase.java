package io.massivepipeline.cluster;

import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;
import io.massivepipeline.job.oracle.FeedOracle;
import io.massivepipeline.job.oracle.RandomFeed;
import io.massivepipeline.job.oracle.RedisContent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The jar on a cluster of real processes with the configuration that is shipped: a million trades,
 * a TaskManager killed three times, Redis killed and started again, a savepoint and another
 * parallelism; and nothing to be seen of it in Redis.
 */
@Timeout(600)
class ReplayOnClusterITCase {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayOnClusterITCase.class);

    /** Some 17 trades each. */
    private static final int FRAMES = 62_000;

    private static final int ROOTS = 13;
    private static final int KILLS = 3;
    private static final Duration SOON = Duration.ofSeconds(60);

    /**
     * Of the death of a process, by heartbeats that could not be delivered. What comes after it is
     * class loading and compiling in a process that has not run the job yet, so a machine that is
     * shared takes many times of the seconds that one alone takes.
     */
    private static final Duration NOTICED = Duration.ofSeconds(6);

    private static final Duration RECOVERED = Duration.ofSeconds(30);

    /** What Redis may still have to read of a process that is dead already. */
    private static final Duration LAST_GASP = Duration.ofMillis(500);

    @TempDir Path folder;

    private RedisServer redis;
    private LocalCluster cluster;

    @BeforeEach
    void start() throws Exception {
        redis = RedisServers.embedded(RedisOptions.defaults().withAppendOnly());
        cluster = LocalCluster.start("ReplayOnClusterITCase", Map.of());
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
        redis.close();
    }

    @Test
    void aMillionTradesSurviveWhatHappensToProcesses() throws Exception {
        // Given a replay of a million trades with every difficulty, some 20 000 a second
        Path feed = RandomFeed.write(folder.resolve("feed.txt"), 71, FRAMES, ROOTS);
        String job =
                cluster.submit(
                        List.of(
                                "--source=replay",
                                "--feed=" + feed,
                                "--replay.speed=75",
                                "--redis.uri=" + redis.uri(),
                                "--trades.max-length=1000000",
                                "--parallelism.default=2"));

        // When a TaskManager is killed three times
        for (int kill = 0; kill < KILLS; kill++) {
            int completed = cluster.completedCheckpoints(job);
            await().atMost(SOON).until(() -> cluster.completedCheckpoints(job) > completed);
            assertThat(cluster.state(job)).isEqualTo("RUNNING");
            Recovery recovery = killTaskManager(job);
            LOG.info("After the death of a TaskManager, ms: {}", recovery.steps());
            assertThat(recovery.noticed()).isLessThan(NOTICED);
            assertThat(recovery.all()).isLessThan(RECOVERED);
        }

        // And Redis once, which keeps its data
        redis.kill();
        await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
        redis.restart();
        awaitMoreTrades();

        // And the job goes on from a savepoint with another parallelism, as fast as it can
        assertThat(cluster.state(job)).isEqualTo("RUNNING");
        cluster.stopWithSavepoint();
        String resumed = cluster.resume("--parallelism.default=3", "--replay.speed=0");
        await().atMost(Duration.ofMinutes(4))
                .until(
                        () ->
                                !List.of("RUNNING", "INITIALIZING", "CREATED")
                                        .contains(cluster.state(resumed)));

        // Then it comes to its end, and Redis holds what the contract says
        assertThat(cluster.state(resumed)).isEqualTo("FINISHED");
        FeedOracle expected = FeedOracle.of(feed, 100);
        assertThat(expected.totals().get("trades")).isGreaterThan(1_000_000);
        new RedisContent(redis).agreesWith(expected);
    }

    /** Kills one and waits until there is more in Redis than it can have written. */
    private Recovery killTaskManager(String job) throws Exception {
        try (StreamLengths streams = new StreamLengths(redis)) {
            long killedAt = cluster.killTaskManager();
            await().pollDelay(LAST_GASP).until(() -> true);
            long written = streams.sum();
            await().atMost(SOON)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> streams.sum() > written);
            return Recovery.of(cluster, job, killedAt, System.currentTimeMillis());
        }
    }

    private void awaitMoreTrades() {
        try (StreamLengths streams = new StreamLengths(redis)) {
            long before = streams.sum();
            await().atMost(SOON).until(() -> streams.sum() > before);
        }
    }
}

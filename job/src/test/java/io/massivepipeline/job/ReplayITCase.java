package io.massivepipeline.job;

import io.massivepipeline.fixtures.redis.OnEveryRedis;
import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisRuntime;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.job.oracle.FeedOracle;
import io.massivepipeline.job.oracle.RandomFeed;
import io.massivepipeline.job.oracle.RedisContent;

import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The whole job on a captured feed, a real Flink cluster and a real Redis. */
@OnEveryRedis
class ReplayITCase {

    private static final String UNBOUNDED = "1000000";

    /** Trades in Redis before a savepoint, a part of the feed that can't be overlooked. */
    private static final long ENOUGH = 500;

    @TempDir Path folder;

    private RedisServer redis;
    private ReplayCluster cluster;

    @BeforeEach
    void start(RedisRuntime runtime) throws Exception {
        redis = runtime.start(RedisOptions.defaults());
        cluster = new ReplayCluster(folder.resolve("checkpoints"));
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
        redis.close();
    }

    @Test
    void writesEachTradeOnceAndInOrderAtAnyParallelismAndDelay() throws Exception {
        for (int parallelism : new int[] {1, 2, 4}) {
            for (long delay : new long[] {0, 100, 2000}) {
                // Given an empty Redis and a feed with every difficulty
                redis.restart();
                Path feed = RandomFeed.write(folder.resolve("feed.txt"), 7 + delay, 200);
                Map<String, String> options = options(feed, parallelism);
                options.put("order.delay", delay + " ms");

                // When it is replayed
                cluster.await(cluster.submit(options));

                // Then Redis holds what the contract says
                new RedisContent(redis).agreesWith(FeedOracle.of(feed, delay));
            }
        }
    }

    @Test
    void aSecondReplayDoublesNothing() throws Exception {
        Path feed = RandomFeed.write(folder.resolve("feed.txt"), 21, 300, 200);
        cluster.await(cluster.submit(options(feed, 2)));
        cluster.await(cluster.submit(options(feed, 4)));

        new RedisContent(redis).agreesWith(FeedOracle.of(feed, 100));
    }

    @Test
    void aSecondReplayIntoTrimmedStreamsAppendsNothingAndCountsIt() throws Exception {
        // Given streams that hold the last of many trades
        Path feed = RandomFeed.write(folder.resolve("feed.txt"), 22, 1500, 1);
        Map<String, String> options = options(feed, 1);
        options.put("trades.max-length", "1000");
        cluster.await(cluster.submit(options));
        String top = lastEntry();

        // When the same feed comes again
        cluster.await(cluster.submit(options));

        // Then nothing was added, and what lies on trimmed ground was counted
        assertThat(lastEntry()).isEqualTo(top);
        Map<String, String> counters = new RedisContent(redis).hash("massive:ws:analytics");
        assertThat(Long.parseLong(counters.get("trimmed"))).isPositive();
    }

    @Test
    void startsAnewWithTheTradeDate() throws Exception {
        // Given feeds that begin some seconds before 20:00 in New York, on a Monday and a Friday
        for (long evening : new long[] {1766451600000L, 1766192400000L}) {
            redis.restart();
            Path feed = RandomFeed.write(folder.resolve("feed.txt"), 61, 500, 7, evening - 4000);

            cluster.await(cluster.submit(options(feed, 2)));

            new RedisContent(redis).agreesWith(FeedOracle.of(feed, 100));
        }
    }

    @Test
    void losesAndDoublesNothingWhenTaskManagersAreKilled() throws Exception {
        // Given a replay that takes some seconds
        Path feed = RandomFeed.write(folder.resolve("feed.txt"), 31, 1500, 40);
        Map<String, String> options = options(feed, 2);
        options.put("replay.speed", "14");
        JobID job = cluster.submit(options);
        Random random = new Random(31);

        // When its TaskManager is killed five times
        for (int kill = 0; kill < 5; kill++) {
            await().atMost(Duration.ofSeconds(20)).until(() -> cluster.isRunning(job));
            await().pollDelay(Duration.ofMillis(300 + random.nextInt(500))).until(() -> true);
            assertThat(cluster.isOver(job)).as("the replay ended before kill %d", kill).isFalse();
            cluster.killTaskManager(job);
        }
        cluster.await(job);

        // Then Redis holds what the contract says
        new RedisContent(redis).agreesWith(FeedOracle.of(feed, 100));
    }

    /** From one subtask, where ordering is chained to parsing, to several, and back. */
    @ParameterizedTest
    @CsvSource({"1, 4", "3, 1"})
    void goesOnFromASavepointWithAnotherParallelism(int before, int after) throws Exception {
        // Given a replay that was cancelled in the middle with a savepoint
        Path feed = RandomFeed.write(folder.resolve("feed.txt"), 41, 600, 40);
        Map<String, String> paced = options(feed, before);
        paced.put("replay.speed", "10");
        JobID first = cluster.submit(paced);
        long written = awaitTrades();
        SavepointRestoreSettings savepoint =
                SavepointRestoreSettings.forPath(cluster.cancelWithSavepoint(first), false);

        // When another one with more or fewer subtasks goes on from there
        cluster.await(cluster.submit(options(feed, after), savepoint));

        // Then Redis holds what the contract says
        new RedisContent(redis).agreesWith(FeedOracle.of(feed, 100));
        beginsWhereItsSavepointWas(options(feed, after), savepoint, written);
    }

    /** What config.yaml says of RocksDB: it serves as well, and takes over what was on the heap. */
    @Test
    void goesOnInRocksDbWithWhatWasOnTheHeap() throws Exception {
        // Given a replay with its state on the heap that was cancelled in the middle
        Path feed = RandomFeed.write(folder.resolve("feed.txt"), 51, 800, 20);
        Map<String, String> paced = options(feed, 2);
        paced.put("replay.speed", "10");
        paced.put("snapshot.underlyings", "*");
        JobID first = cluster.submit(paced);
        long written = awaitTrades();
        SavepointRestoreSettings savepoint =
                SavepointRestoreSettings.forPath(cluster.cancelWithSavepoint(first), false);

        // When one with RocksDB goes on from there, and its TaskManager is killed
        paced.put("state.backend.type", "rocksdb");
        paced.put("execution.checkpointing.incremental", "true");
        JobID second = cluster.submit(paced, savepoint);
        await().atMost(Duration.ofSeconds(20)).until(() -> cluster.isRunning(second));
        await().pollDelay(Duration.ofMillis(500)).until(() -> true);
        assertThat(cluster.isOver(second)).isFalse();
        cluster.killTaskManager(second);
        cluster.await(second);

        // Then Redis holds what the contract says
        new RedisContent(redis).agreesWith(FeedOracle.of(feed, 100));
        paced.remove("replay.speed");
        beginsWhereItsSavepointWas(paced, savepoint, written);
    }

    /** Waits until a good many trades stand in Redis, and says how many. */
    private long awaitTrades() {
        RedisContent content = new RedisContent(redis);
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> content.length("massive:trades:*"), length -> length >= ENOUGH);
    }

    /**
     * A Redis that has everything would hide a run from the begin; an empty one gets of the trades
     * only what comes after the savepoint, and counters of all of them.
     *
     * @param written trades that stood in Redis before the savepoint, at least
     */
    private void beginsWhereItsSavepointWas(
            Map<String, String> options, SavepointRestoreSettings savepoint, long written)
            throws Exception {
        RedisContent content = new RedisContent(redis);
        long whole = content.length("massive:trades:*");
        redis.restart();

        cluster.await(cluster.submit(options, savepoint));

        content.hasTotalsOf(FeedOracle.of(Path.of(options.get("feed")), 100));
        assertThat(content.length("massive:trades:*")).isBetween(1L, whole - written);
    }

    private Map<String, String> options(Path feed, int parallelism) {
        Map<String, String> options = new HashMap<>();
        options.put("feed", feed.toString());
        options.put("redis.uri", redis.uri());
        options.put("trades.max-length", UNBOUNDED);
        options.put("parallelism.default", Integer.toString(parallelism));
        return options;
    }

    private String lastEntry() {
        return new RedisContent(redis).lastId("massive:trades:SPX:20251223");
    }
}

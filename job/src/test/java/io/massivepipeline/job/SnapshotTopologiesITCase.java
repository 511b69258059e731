package io.massivepipeline.job;

import io.massivepipeline.fixtures.redis.OnEveryRedis;
import io.massivepipeline.fixtures.redis.RedisCluster;
import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisRuntime;
import io.massivepipeline.fixtures.redis.RedisSentinel;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RespClient;
import io.massivepipeline.job.oracle.RandomFeed;

import org.apache.flink.api.common.JobID;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Snapshots of the whole job where Redis is more than one server. */
@OnEveryRedis
class SnapshotTopologiesITCase {

    private static final String PREFIX = "massive:ws:snapshot:";

    @TempDir Path folder;

    private final RedisRuntime runtime;
    private ReplayCluster job;
    private Path feed;

    SnapshotTopologiesITCase(RedisRuntime runtime) {
        this.runtime = runtime;
    }

    @BeforeEach
    void start() throws Exception {
        job = new ReplayCluster(folder.resolve("checkpoints"));
        feed = RandomFeed.write(folder.resolve("feed.txt"), 74, 500, 7);
    }

    @AfterEach
    void stop() throws Exception {
        job.close();
    }

    @Test
    void onAClusterDiffsComeFirstThenValueIndexAndMessage() throws Exception {
        try (RedisCluster cluster = RedisCluster.start(runtime);
                RedisClusterClient client =
                        RedisClusterClient.create(
                                cluster.uris().stream().map(RedisURI::create).toList())) {
            RedisClusterCommands<String, String> redis = client.connect().sync();

            // Given a reader that looks at what was written last before what was written first
            try (ClusterSnapshotReader reader = new ClusterSnapshotReader(client)) {
                job.await(job.submit(options(String.join(",", cluster.uris()))));

                // Then it never saw index before value, value before diffs, message before index
                Map<String, TreeMap<Long, String>> expected = SnapshotVersions.expected(feed);
                reader.awaitMessages(
                        expected.values().stream().mapToInt(TreeMap::size).sum(),
                        Duration.ofSeconds(60));
                assertThat(reader.looks()).isGreaterThan(100);

                // And what stands is complete, and what the index says of it is true
                assertThat(SnapshotVersions.standing(redis)).isEqualTo(expected);
                for (String key : expected.keySet()) {
                    long last = expected.get(key).lastKey();
                    assertThat(redis.get(PREFIX + key)).contains("\"version\":" + last + ",");
                    assertThat(redis.hget(PREFIX + "index", key)).startsWith(last + " ");
                }
            }
        }
    }

    @Test
    void aSentinelFailoverInTheMiddleTakesNothingBackForGood() throws Exception {
        try (RedisSentinel sentinel = RedisSentinel.start(runtime, 2, RedisOptions.defaults())) {
            // Given a replay whose publications a replica must confirm
            Map<String, String> options = options(sentinel.uri());
            options.put("redis.min-replicas", "1");
            options.put("replay.speed", "8");
            JobID running = job.submit(options);

            // When the primary dies in the middle
            RedisServer old = sentinel.primary();
            await().atMost(Duration.ofSeconds(60)).until(() -> indexed(old).size() >= 6);
            Map<String, Long> before = indexed(old);
            assertThat(job.isOver(running)).isFalse();
            RedisServer primary = sentinel.failover();
            job.await(running);

            // Then every version and diff is there, and none is older than what had been seen
            Map<String, TreeMap<Long, String>> expected = SnapshotVersions.expected(feed);
            assertThat(SnapshotVersions.standing(primary)).isEqualTo(expected);
            Map<String, Long> after = indexed(primary);
            before.forEach((key, version) -> assertThat(after.get(key)).isGreaterThan(version));
            try (RespClient client = primary.connect()) {
                expected.forEach(
                        (key, versions) ->
                                assertThat(client.text("GET", PREFIX + key))
                                        .contains("\"version\":" + versions.lastKey() + ","));
            }
        }
    }

    /** The version of each key as the index has it. */
    private static Map<String, Long> indexed(RedisServer server) {
        Map<String, Long> versions = new HashMap<>();
        try (RespClient client = server.connect()) {
            client.hash(PREFIX + "index")
                    .forEach((key, value) -> versions.put(key, Long.valueOf(value.split(" ")[0])));
        }
        return versions;
    }

    private Map<String, String> options(String uri) {
        return new HashMap<>(
                Map.of(
                        "feed",
                        feed.toString(),
                        "redis.uri",
                        uri,
                        "snapshot.max-rate",
                        "0",
                        "parallelism.default",
                        "2"));
    }
}

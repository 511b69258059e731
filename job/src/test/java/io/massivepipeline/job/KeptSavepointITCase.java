package io.massivepipeline.job;

import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;
import io.massivepipeline.fixtures.redis.RespClient;
import io.massivepipeline.job.oracle.FeedOracle;
import io.massivepipeline.job.oracle.RandomFeed;
import io.massivepipeline.job.oracle.RedisContent;

import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A savepoint of each released version, with the Redis of that moment, from which this version goes
 * on. What is kept is never written again; a version adds its own:
 *
 * <pre>{@code
 * mvn -pl job -am verify -DskipUTs -Dit.test=KeptSavepointITCase -Dsavepoint.version=0.1 \
 *     -Dtest=NONE -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
 * }</pre>
 */
class KeptSavepointITCase {

    private static final Path KEPT = Path.of("src/test/resources/savepoints");

    /** The state of a replay knows its feed by this path, wherever the tests run. */
    private static final Path FEED_FOLDER = Path.of("/tmp/massive-pipeline-kept-savepoint");

    private static final int FRAMES = 160;

    /** Trades of the feed before the savepoint, about half of them. */
    private static final int ENOUGH = 1_000;

    @TempDir Path folder;

    private RedisServer redis;
    private ReplayCluster cluster;

    @BeforeEach
    void start() throws Exception {
        redis = RedisServers.embedded(RedisOptions.defaults());
        cluster = new ReplayCluster(folder.resolve("checkpoints"));
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
        redis.close();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void goesOnFromTheSavepointOfAVersionWithAnotherParallelism(String version) throws Exception {
        // Given the feed, the Redis and the savepoint of then
        Path kept = KEPT.resolve(version);
        Path feed = feed(kept);
        RedisDump.restore(kept.resolve("redis.txt"), redis);

        // When a job of now goes on from there with more subtasks
        Map<String, String> options = options(feed, 4);
        cluster.await(
                cluster.submit(
                        options,
                        SavepointRestoreSettings.forPath(
                                kept.resolve("savepoint").toAbsolutePath().toString(), false)));

        // Then Redis holds at the end what the contract says of the whole feed
        new RedisContent(redis).agreesWith(FeedOracle.of(feed, 100));

        // And the snapshots that a job of now makes of the whole feed
        Map<String, JsonNode> snapshots = snapshots();
        redis.restart();
        cluster.await(cluster.submit(options));
        assertThat(snapshots).isNotEmpty().isEqualTo(snapshots());
    }

    @Test
    @EnabledIfSystemProperty(named = "savepoint.version", matches = ".+")
    void keepsTheSavepointOfThisVersion() throws Exception {
        Path kept = KEPT.resolve(System.getProperty("savepoint.version"));
        assertThat(kept).doesNotExist();
        Files.createDirectories(kept);
        RandomFeed.write(kept.resolve("feed.txt"), 101, FRAMES, 5);
        Map<String, String> paced = options(feed(kept), 2);
        paced.put("replay.speed", "1");
        JobID job = cluster.submit(paced);
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(
                        () ->
                                Long.parseLong(
                                                new RedisContent(redis)
                                                        .hash("massive:ws:analytics")
                                                        .get("trades"))
                                        > ENOUGH);
        Path savepoint = Path.of(URI.create(cluster.stopWithSavepoint(job)));
        Files.createDirectories(kept.resolve("savepoint"));
        try (Stream<Path> files = Files.list(savepoint)) {
            for (Path file : files.toList()) {
                Files.copy(file, kept.resolve("savepoint").resolve(file.getFileName()));
            }
        }
        RedisDump.save(redis, kept.resolve("redis.txt"));
    }

    static List<String> versions() throws IOException {
        if (!Files.isDirectory(KEPT)) {
            return List.of();
        }
        try (Stream<Path> kept = Files.list(KEPT)) {
            return kept.map(folder -> folder.getFileName().toString()).sorted().toList();
        }
    }

    private static Path feed(Path kept) throws Exception {
        Files.createDirectories(FEED_FOLDER);
        return Files.copy(
                kept.resolve("feed.txt"),
                FEED_FOLDER.resolve(kept.getFileName() + ".txt"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** By key, but for when they were published. */
    private Map<String, JsonNode> snapshots() throws IOException {
        Map<String, JsonNode> snapshots = new TreeMap<>();
        try (RespClient client = redis.connect()) {
            for (String key : client.hash("massive:ws:snapshot:index").keySet()) {
                ObjectNode value =
                        (ObjectNode)
                                new ObjectMapper()
                                        .readTree(client.text("GET", "massive:ws:snapshot:" + key));
                value.remove("published_at");
                snapshots.put(key, value);
            }
        }
        return snapshots;
    }

    private Map<String, String> options(Path feed, int parallelism) {
        Map<String, String> options = new HashMap<>();
        options.put("feed", feed.toString());
        options.put("redis.uri", redis.uri());
        options.put("trades.max-length", "1000000");
        options.put("snapshot.max-rate", "0");
        options.put("parallelism.default", Integer.toString(parallelism));
        return options;
    }
}

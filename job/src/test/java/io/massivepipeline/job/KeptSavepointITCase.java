package io.massivepipeline.job;

import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;
import io.massivepipeline.fixtures.redis.RespClient;
import io.massivepipeline.job.oracle.FeedOracle;
import io.massivepipeline.job.oracle.RandomFeed;
import io.massivepipeline.job.oracle.RedisContent;

import org.apache.flink.api.common.JobID;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
        KeptSavepoint kept = KeptSavepoint.named(version);
        Path feed = feed(kept);
        kept.restore(redis);

        // When a job of now goes on from there with more subtasks
        Map<String, String> options = options(feed, 4);
        cluster.await(cluster.submit(options, kept.settings()));

        // Then Redis holds at the end what the contract says of the whole feed
        FeedOracle expected = FeedOracle.of(feed, 100);
        RedisContent content = new RedisContent(redis);
        content.agreesWith(expected);
        long whole = content.length("massive:trades:*");

        // And the snapshots that a job of now makes of the whole feed
        Map<String, JsonNode> snapshots = snapshots();
        redis.restart();
        cluster.await(cluster.submit(options));
        assertThat(snapshots).isNotEmpty().isEqualTo(snapshots());

        // And it began where the savepoint was: where there is no Redis of then, only the rest
        // comes
        redis.restart();
        cluster.await(cluster.submit(options, kept.settings()));
        content.hasTotalsOf(expected);
        assertThat(content.length("massive:trades:*")).isBetween(1L, whole - ENOUGH / 2);
    }

    @Test
    @EnabledIfSystemProperty(named = "savepoint.version", matches = ".+")
    void keepsTheSavepointOfThisVersion() throws Exception {
        KeptSavepoint kept = KeptSavepoint.named(System.getProperty("savepoint.version"));
        assertThat(kept.folder()).doesNotExist();
        Files.createDirectories(kept.folder());
        RandomFeed.write(kept.file("feed.txt"), 101, FRAMES, 5);
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
        kept.keep(cluster.stopWithSavepoint(job));
        kept.keep(redis);
    }

    static List<String> versions() throws IOException {
        return KeptSavepoint.names("");
    }

    private static Path feed(KeptSavepoint kept) throws Exception {
        Files.createDirectories(FEED_FOLDER);
        return Files.copy(
                kept.file("feed.txt"),
                FEED_FOLDER.resolve(kept.folder().getFileName() + ".txt"),
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

package io.massivepipeline.job;

import io.massivepipeline.fixtures.redis.OnEveryRedis;
import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisRuntime;
import io.massivepipeline.fixtures.redis.RedisServer;
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
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Snapshots of the whole job in a real Redis, read by somebody who is in a hurry. */
@OnEveryRedis
class SnapshotITCase {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FIXTURES = Path.of("..", "fixtures").toAbsolutePath();
    private static final String[] SUMS = {
        "trades", "volume", "call_volume", "put_volume", "premium"
    };

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
    void aHastyReaderNeverSeesAnythingTornInAHundredThousandTrades() throws Exception {
        // Given a reader, and a replay at full speed
        Path feed = RandomFeed.write(folder.resolve("feed.txt"), 71, 6000, 7);
        try (SnapshotReader reader = new SnapshotReader(redis)) {
            cluster.await(cluster.submit(options(feed, 2)));

            // Then each version follows from the one before, and each value read is one of them
            Map<String, TreeMap<Long, ObjectNode>> all = reader.allVersions();
            assertThat(reader.checkWhatWasRead(all)).isGreaterThan(20);
            assertThat(all.keySet()).hasSize(6).isEqualTo(reader.index().keySet());

            // And what stands at the end agrees with the index, its legs and the analytics
            for (String key : all.keySet()) {
                ObjectNode last = all.get(key).lastEntry().getValue();
                assertThat(reader.value(key)).isEqualTo(last.toString());
                assertThat(reader.index().get(key))
                        .isEqualTo(
                                "%s %s %d"
                                        .formatted(
                                                last.get("version"),
                                                last.get("published_at"),
                                                last.get("rows").size()));
                all.get(key).values().forEach(SnapshotITCase::sumsOverLegsAreTheTotals);
                Map<String, String> analytics = reader.analytics(key);
                for (String sum : SUMS) {
                    assertThat(last.at("/totals/" + sum).asText())
                            .as("%s of %s", sum, key)
                            .isEqualTo(analytics.get(sum));
                }
                assertThat(last.get("trade_date").asText()).isEqualTo(analytics.get("trade_date"));
                assertThat(reader.expiresIn(key)).isPositive();
                assertThat(reader.expiresIn(key + ":diffs")).isPositive();
            }
        }
    }

    @Test
    void theSameFeedGivesTheSameVersionsAndContentWhateverHappens() throws Exception {
        // Given a replay whose TaskManagers are killed
        Path feed = RandomFeed.write(folder.resolve("feed.txt"), 72, 500, 7);
        replayWithKills(options(feed, 1), "8");
        Map<String, TreeMap<Long, String>> first = SnapshotVersions.standing(redis);

        // When it runs once more, at another parallelism and into an empty Redis
        redis.restart();
        cluster.await(cluster.submit(options(feed, 4)));

        // Then nothing differs, and all is what the contract says
        Map<String, TreeMap<Long, String>> second = SnapshotVersions.standing(redis);
        assertThat(second).isEqualTo(first);
        assertThat(second).isEqualTo(SnapshotVersions.expected(feed));
    }

    @Test
    void theSameFeedWithTheSameContextGivesTheSameToo() throws Exception {
        // Given a replay with prices and chains whose TaskManagers are killed
        Map<String, String> options = options(FIXTURES.resolve("ws-feed.txt"), 1);
        options.put("context", FIXTURES.resolve("context.txt.gz").toString());
        options.put("snapshot.interval", "5 s");
        replayWithKills(options, "150");
        Map<String, TreeMap<Long, String>> first = SnapshotVersions.standing(redis);

        // When it runs once more at another parallelism
        redis.restart();
        options.put("parallelism.default", "4");
        cluster.await(cluster.submit(options));

        // Then nothing differs, and there are keys that have never traded
        assertThat(SnapshotVersions.standing(redis)).isEqualTo(first);
        assertThat(first.get("SPX:20251230").lastEntry().getValue()).contains("\"atm\":6");
    }

    private void replayWithKills(Map<String, String> options, String speed) throws Exception {
        Map<String, String> paced = new HashMap<>(options);
        paced.put("replay.speed", speed);
        JobID job = cluster.submit(paced);
        Random random = new Random(72);
        for (int kill = 0; kill < 3; kill++) {
            await().atMost(Duration.ofSeconds(20)).until(() -> cluster.isRunning(job));
            await().pollDelay(Duration.ofMillis(300 + random.nextInt(500))).until(() -> true);
            assertThat(cluster.isOver(job)).as("the replay ended before kill %d", kill).isFalse();
            cluster.killTaskManager(job);
        }
        cluster.await(job);
    }

    @Test
    void aBudgetHoldsAndTheEndIsWhole() throws Exception {
        // Given many expiries and a small budget
        Path feed = RandomFeed.write(folder.resolve("feed.txt"), 73, 2000, 40);
        Map<String, String> options = options(feed, 2);
        options.put("snapshot.max-rate", "20");
        options.put("snapshot.underlyings", "*");
        try (SnapshotReader reader = new SnapshotReader(redis)) {
            cluster.await(cluster.submit(options));

            // Then what stands at the end is complete for each of them all the same
            Map<String, TreeMap<Long, ObjectNode>> all = reader.allVersions();
            assertThat(all.keySet())
                    .isEqualTo(FeedOracle.of(feed, 100).snapshotKeys())
                    .isEqualTo(reader.index().keySet());
            for (String key : all.keySet()) {
                JsonNode last = JSON.readTree(reader.value(key));
                sumsOverLegsAreTheTotals(last);
                assertThat(last.at("/totals/premium").asText())
                        .as("premium of %s", key)
                        .isEqualTo(reader.analytics(key).get("premium"));
            }
            assertThat(Long.parseLong(counter("snapshots_published")))
                    .isEqualTo(all.values().stream().mapToLong(TreeMap::size).sum());
            assertThat(Long.parseLong(counter("snapshots_conflated"))).isPositive();
        }
    }

    private static void sumsOverLegsAreTheTotals(JsonNode value) {
        Map<String, BigDecimal> sums = new HashMap<>();
        for (JsonNode row : value.get("rows")) {
            for (String side : new String[] {"call", "put"}) {
                for (String sum : new String[] {"trades", "volume", "premium"}) {
                    JsonNode leg = row.get(side);
                    BigDecimal part = leg.isNull() ? BigDecimal.ZERO : leg.get(sum).decimalValue();
                    sums.merge(sum, part, BigDecimal::add);
                    if (sum.equals("volume")) {
                        sums.merge(side + "_volume", part, BigDecimal::add);
                    }
                }
            }
        }
        for (String sum : SUMS) {
            assertThat(value.at("/totals/" + sum).decimalValue())
                    .isEqualByComparingTo(sums.get(sum));
        }
    }

    private String counter(String name) {
        return new RedisContent(redis).hash("massive:ws:analytics").get(name);
    }

    private Map<String, String> options(Path feed, int parallelism) {
        Map<String, String> options = new HashMap<>();
        options.put("feed", feed.toString());
        options.put("redis.uri", redis.uri());
        options.put("snapshot.max-rate", "0");
        options.put("parallelism.default", Integer.toString(parallelism));
        return options;
    }
}

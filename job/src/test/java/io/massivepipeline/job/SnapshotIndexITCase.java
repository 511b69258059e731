package io.massivepipeline.job;

import io.massivepipeline.fixtures.redis.OnEveryRedis;
import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisRuntime;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RespClient;
import io.massivepipeline.job.oracle.RandomFeed;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The index of snapshots names those that stand, also after replays of feeds that are long over.
 */
@OnEveryRedis
class SnapshotIndexITCase {

    private static final String PREFIX = "massive:ws:snapshot:";
    private static final String INDEX = PREFIX + "index";
    private static final Set<String> SPX = Set.of("SPX:20251222", "SPX:20251223", "SPX:20260116");
    private static final Set<String> BOTH =
            Set.of(
                    "SPX:20251222",
                    "SPX:20251223",
                    "SPX:20260116",
                    "NDX:20251222",
                    "NDX:20251223",
                    "NDX:20260116");

    @TempDir Path folder;

    private RedisServer redis;
    private RespClient client;
    private ReplayCluster cluster;
    private Path feed;

    @BeforeEach
    void start(RedisRuntime runtime) throws Exception {
        redis = runtime.start(RedisOptions.defaults());
        client = redis.connect();
        cluster = new ReplayCluster(folder.resolve("checkpoints"));
        feed = RandomFeed.write(folder.resolve("feed.txt"), 81, 150, 7);
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
        client.close();
        redis.close();
    }

    @Test
    void whatHasExpiredLeavesTheIndexHoweverOftenAReplayBringsItBack() throws Exception {
        replay("SPX", "3 d");
        for (int time = 0; time < 2; time++) {
            // Given a replay whose keys have expired since it ended
            replay("NDX", "5 s");
            awaitExpiryOf("NDX:20260116");
            assertThat(index()).isEqualTo(BOTH);

            // When the next one of an old feed comes
            replay("SPX", "3 d");

            // Then the index names what stands
            assertThat(index()).isEqualTo(SPX);
            for (String stream : SPX) {
                assertThat(client.number("EXISTS", PREFIX + stream)).isEqualTo(1);
            }
        }
    }

    @Test
    void theIndexGoesSoonAfterItsSnapshotsIfNobodyIsThere() throws Exception {
        replay("SPX,NDX", "2 s");

        long hour = Duration.ofHours(1).toMillis();
        assertThat(client.number("PTTL", INDEX)).isBetween(hour - 60_000, hour + 2_000);
    }

    private void replay(String underlyings, String retention) throws Exception {
        cluster.await(
                cluster.submit(
                        Map.of(
                                "feed",
                                feed.toString(),
                                "redis.uri",
                                redis.uri(),
                                "snapshot.underlyings",
                                underlyings,
                                "trades.retention",
                                retention,
                                "parallelism.default",
                                "2")));
    }

    private Set<String> index() {
        return new TreeSet<>(client.hash(INDEX).keySet());
    }

    private void awaitExpiryOf(String stream) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> client.number("EXISTS", PREFIX + stream) == 0);
    }
}

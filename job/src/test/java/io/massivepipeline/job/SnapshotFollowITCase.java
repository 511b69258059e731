package io.massivepipeline.job;

import io.massivepipeline.fixtures.consumer.PythonFollower;
import io.massivepipeline.fixtures.consumer.SnapshotFollower;
import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;

/** A reader that follows the diffs of a snapshot while the job replays ends with the full value. */
@Timeout(240)
class SnapshotFollowITCase {

    private static final Path FIXTURES = Path.of("..", "fixtures").toAbsolutePath().normalize();
    private static final String KEY = "SPX:20251223";
    private static final Set<Integer> LOST = Set.of(2, 20, 21, 22);
    private static final Duration IDLE = Duration.ofSeconds(5);

    @TempDir Path folder;

    @Test
    void readersThatMissMessagesEndWithTheFullValue() throws Exception {
        try (RedisServer redis = RedisServers.embedded(RedisOptions.defaults());
                ReplayCluster cluster = new ReplayCluster(folder.resolve("checkpoints"));
                SnapshotFollower java =
                        new SnapshotFollower(redis.connect(), redis.connect(), KEY, LOST);
                PythonFollower python = PythonFollower.start(FIXTURES, redis, KEY, LOST, IDLE)) {
            // Given two readers that were there before the first version and lose messages
            CompletableFuture<Void> following =
                    CompletableFuture.runAsync(() -> java.followUntilIdle(IDLE));

            // When the job publishes each cut
            cluster.await(
                    cluster.submit(
                            Map.of(
                                    "feed", FIXTURES.resolve("ws-feed.txt").toString(),
                                    "context", FIXTURES.resolve("context.txt.gz").toString(),
                                    "redis.uri", redis.uri(),
                                    "parallelism.default", "2",
                                    "snapshot.max-rate", "0")));
            following.get();

            // Then both noticed what they missed, and have exactly what stands in Redis
            assertThat(java.messages()).isGreaterThan(100);
            assertThat(java.caughtUp() + java.readWhole()).isPositive();
            assertThat(java.value()).isPresent().isEqualTo(java.fullValue());
            assertThat(java.value().get().get("rows")).hasSizeGreaterThan(40);
            assertThat(python.lastLine()).endsWith(": the full value");
            assertThat(python.exitCode()).isZero();
        }
    }
}

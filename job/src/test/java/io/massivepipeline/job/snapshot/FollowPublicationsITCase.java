package io.massivepipeline.job.snapshot;

import io.massivepipeline.fixtures.consumer.PythonFollower;
import io.massivepipeline.fixtures.consumer.SnapshotFollower;
import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;
import io.massivepipeline.fixtures.redis.RespClient;
import io.massivepipeline.job.context.ContextUpdate;
import io.massivepipeline.job.options.SnapshotSettings;
import io.massivepipeline.job.options.UnderlyingFilter;
import io.massivepipeline.job.oracle.RandomFeed;
import io.massivepipeline.sources.feed.RawFrame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What the operators publish can be followed by readers that know the contract alone. */
class FollowPublicationsITCase {

    private static final Path FIXTURES = Path.of("..", "fixtures").toAbsolutePath().normalize();
    private static final long START = 1_766_437_799_000L;
    private static final Duration IDLE = Duration.ofSeconds(2);
    private static final Set<Integer> LOST = Set.of(2, 7, 8, 9);

    @TempDir Path folder;

    @Test
    void readersThatMissMessagesEndWithTheFullValue() throws Exception {
        // Given what is published of a feed with context, and two readers of its busiest key
        List<Publication> published = published();
        String key = busiest(published);
        try (RedisServer redis = RedisServers.embedded(RedisOptions.defaults());
                RespClient writer = redis.connect();
                SnapshotFollower java =
                        new SnapshotFollower(redis.connect(), redis.connect(), key, LOST);
                PythonFollower python = PythonFollower.start(FIXTURES, redis, key, LOST, IDLE)) {
            // When it is written, and some messages are lost
            published.forEach(publication -> write(publication, writer));
            java.followUntilIdle(IDLE);

            // Then both noticed, and have exactly the full value
            assertThat(java.messages()).isGreaterThan(20);
            assertThat(java.caughtUp()).isPositive();
            assertThat(java.readWhole()).isZero();
            assertThat(java.value()).isPresent().isEqualTo(java.fullValue());
            assertThat(python.lastLine()).endsWith(" 0 times read whole: the full value");
            assertThat(python.exitCode()).isZero();
        }
    }

    private List<Publication> published() throws Exception {
        Path feed = RandomFeed.write(folder.resolve("feed.txt"), 2, 120, 4, START);
        SnapshotSettings settings =
                new SnapshotSettings(
                        new UnderlyingFilter(false, Set.of("SPX", "NDX")),
                        Duration.ofMillis(200),
                        0);
        try (SnapshotRun run = new SnapshotRun(settings, Duration.ofMillis(100), 2, 2)) {
            for (ContextUpdate update : RandomContext.between(START - 500, START + 20_000, 2)) {
                run.receive(update);
            }
            for (String line : Files.readAllLines(feed)) {
                String[] parts = line.split("\t", 2);
                if (!parts[1].isEmpty()) {
                    run.receive(
                            new RawFrame(parts[1].getBytes(UTF_8), Long.parseLong(parts[0]), 0));
                }
            }
            run.end();
            return List.copyOf(run.published());
        }
    }

    private static String busiest(List<Publication> published) {
        return published.stream()
                .collect(Collectors.groupingBy(each -> each.stream().text(), Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    /** As the job writes it: in one step. */
    private static void write(Publication publication, RespClient redis) {
        String key = publication.stream().text();
        String name = "massive:ws:snapshot:" + key;
        redis.pipeline(
                List.of(
                        List.of("MULTI"),
                        List.of(
                                "XADD",
                                name + ":diffs",
                                publication.version() + "-0",
                                "json",
                                publication.diff()),
                        List.of("SET", name, publication.value()),
                        List.of(
                                "HSET",
                                "massive:ws:snapshot:index",
                                key,
                                publication.version()
                                        + " "
                                        + publication.publishedAt()
                                        + " "
                                        + publication.rows()),
                        List.of("PUBLISH", name + ":diff", publication.diff()),
                        List.of("EXEC")));
    }
}

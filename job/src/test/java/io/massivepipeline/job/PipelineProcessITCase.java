package io.massivepipeline.job;

import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;
import io.massivepipeline.job.oracle.FeedOracle;
import io.massivepipeline.job.oracle.RandomFeed;
import io.massivepipeline.job.oracle.RedisContent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What someone sees who runs the jar: results, messages, exit codes. */
class PipelineProcessITCase {

    @TempDir Path folder;

    @Test
    void replaysAFeedAndSaysWhatItWrote() throws Exception {
        try (RedisServer redis = RedisServers.embedded(RedisOptions.defaults())) {
            // Given a captured feed
            Path feed = RandomFeed.write(folder.resolve("feed.txt"), 7, 300);

            // When it is replayed
            Path report = folder.resolve("reports/replay.html");
            PipelineProcess run = replay(feed, redis, Map.of(), "--report=" + report);

            // Then the process says so, and so does Redis
            assertThat(run.exitCode()).isZero();
            FeedOracle expected = FeedOracle.of(feed, 100);
            new RedisContent(redis).agreesWith(expected);
            assertThat(run.out().lines().toList())
                    .anyMatch(line -> line.strip().startsWith("SPX:20251223"))
                    .last()
                    .asString()
                    .matches("replayed [\\d,]+ trades in [\\d.]+ s: [\\d,]+ trades/s");
            assertThat(run.out()).contains(report.toString());
            assertThat(report).content().contains("SPX:20251223").contains("Apache Software");
            assertThat(run.err()).doesNotContain("\tat ");
        }
    }

    @Test
    void keepsWhatCouldBeReadOfATruncatedFile() throws Exception {
        try (RedisServer redis = RedisServers.embedded(RedisOptions.defaults())) {
            // Given a packed feed that breaks off
            Path feed = RandomFeed.write(folder.resolve("feed.txt"), 8, 400);
            Path packed = folder.resolve("feed.txt.gz");
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
                Files.copy(feed, out);
            }
            byte[] bytes = Files.readAllBytes(packed);
            Files.write(packed, Arrays.copyOf(bytes, bytes.length / 2));

            // When it is replayed
            PipelineProcess run = replay(packed, redis);

            // Then what could be read is there, and a warning says where it broke off
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).contains("WARN").contains("feed.txt.gz");
            assertThat(new RedisContent(redis).hash("massive:ws:analytics").get("trades"))
                    .satisfies(trades -> assertThat(Integer.parseInt(trades)).isPositive());
        }
    }

    @Test
    void saysNothingOfEachChainThatIsReplayed() throws Exception {
        try (RedisServer redis = RedisServers.embedded(RedisOptions.defaults())) {
            // Given a feed with context, in which chains are selected by the hundred
            Path fixtures = Path.of("..", "fixtures");
            Path feed = fixtures.resolve("ws-feed.txt");

            // When it is replayed
            PipelineProcess run =
                    replay(
                            feed,
                            redis,
                            Map.of(),
                            "--context=" + fixtures.resolve("context.txt.gz"));

            // Then nothing buries progress and table
            assertThat(run.exitCode()).isZero();
            assertThat(new RedisContent(redis).hash("massive:ws:params:index")).isNotEmpty();
            assertThat(run.out()).contains("replayed ");
            assertThat(run.err()).doesNotContain("CHAIN updated").doesNotContain("params updated");
        }
    }

    @Test
    void saysWhatIsWrongWithTheFeed() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.txt"));
        Path emptyFolder = Files.createDirectory(folder.resolve("segments"));

        for (Path feed : new Path[] {folder.resolve("none.txt"), empty, emptyFolder}) {
            PipelineProcess run = start(Map.of(), "--source", "replay", "--feed", feed.toString());
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.lastErrorLine())
                    .startsWith("massive-pipeline: --feed: ")
                    .contains(feed.toString());
            assertThat(run.err()).doesNotContain("\tat ");
        }
    }

    @Test
    void saysBeforeTheReplayThatThereCanBeNoReport() throws Exception {
        Path feed = Files.writeString(folder.resolve("feed.txt"), "[]\n");

        PipelineProcess run =
                start(Map.of(), "--source=replay", "--feed=" + feed, "--report=" + folder);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.lastErrorLine())
                .isEqualTo(
                        "massive-pipeline: --report %s can't be written: it is a folder."
                                .formatted(folder));
    }

    @Test
    void saysWhatIsWrongWithAnOption() throws Exception {
        PipelineProcess run = start(Map.of(), "--sorce", "replay");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualToIgnoringNewLines(
                        "massive-pipeline: Unknown option --sorce; --help lists them all.");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void helps() throws Exception {
        PipelineProcess run = start(Map.of(), "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("--redis.uri [redis://localhost:6379]");
    }

    @Test
    void givesUpIfRedisIsNotThere() throws Exception {
        Path feed = RandomFeed.write(folder.resolve("feed.txt"), 9, 10);

        PipelineProcess run =
                start(
                        Map.of(),
                        "--source=replay",
                        "--feed=" + feed,
                        "--redis.uri=redis://127.0.0.1:1",
                        "--redis.start-timeout=1s");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.lastErrorLine())
                .startsWith("massive-pipeline: Redis at redis://127.0.0.1:1 cannot be reached");
        assertThat(run.err()).doesNotContain("\tat ");
    }

    @Test
    void aWrongPasswordIsFatalAndNotRepeated() throws Exception {
        try (RedisServer redis =
                RedisServers.embedded(RedisOptions.defaults().withPassword("right"))) {
            Path feed = RandomFeed.write(folder.resolve("feed.txt"), 10, 10);

            PipelineProcess wrong = replay(feed, redis, Map.of("REDIS_PASSWORD", "s3cret"));
            assertThat(wrong.exitCode()).isEqualTo(1);
            assertThat(wrong.lastErrorLine()).startsWith("massive-pipeline: Redis at ");
            assertThat(wrong.err()).doesNotContain("s3cret").doesNotContain("\tat ");

            PipelineProcess right = replay(feed, redis, Map.of("REDIS_PASSWORD", "right"));
            assertThat(right.exitCode()).isZero();
            assertThat(right.err() + right.out()).doesNotContain("right");
        }
    }

    @Test
    void waitsForARedisThatGoesAwayInTheMiddle() throws Exception {
        try (RedisServer redis = RedisServers.embedded(RedisOptions.defaults().withAppendOnly())) {
            // Given a replay that takes some seconds
            Path feed = RandomFeed.write(folder.resolve("feed.txt"), 11, 600);
            PipelineProcess run = replay(feed, redis, Map.of(), "--replay.speed=6");
            RedisContent content = new RedisContent(redis);
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> content.hash("massive:ws:analytics").containsKey("trades"));

            // When Redis is killed, and comes back with its data after the job has noticed
            redis.kill();
            await().atMost(Duration.ofSeconds(30)).until(() -> run.err().contains("WARN"));
            redis.restart();

            // Then the replay goes on to its end and nothing is lost or doubled
            assertThat(run.exitCode()).isZero();
            content.agreesWith(FeedOracle.of(feed, 100));
            assertThat(run.err()).doesNotContain("\tat ");
        }
    }

    @Test
    void anInterruptedReplayLeavesNoFilesAndIsRepeatedFromTheBegin() throws Exception {
        try (RedisServer redis = RedisServers.embedded(RedisOptions.defaults())) {
            // Given a replay that has begun to write and would go on for minutes
            Path feed = RandomFeed.write(folder.resolve("feed.txt"), 12, 300);
            Path temporary = Files.createDirectory(folder.resolve("tmp"));
            PipelineProcess run =
                    PipelineProcess.start(
                            List.of("-Djava.io.tmpdir=" + temporary),
                            folder,
                            Map.of(),
                            "--source=replay",
                            "--feed=" + feed,
                            "--redis.uri=" + redis.uri(),
                            "--trades.max-length=1000000",
                            "--replay.speed=0.05");
            RedisContent content = new RedisContent(redis);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> content.length("massive:trades:*") > 0);
            assertThat(temporary).isDirectoryContaining("glob:**massive-pipeline-*");

            // When somebody presses Ctrl-C
            run.interrupt();

            // Then it ends as a program does that is interrupted, and leaves no checkpoints
            assertThat(run.exitCode()).isEqualTo(130);
            assertThat(temporary).isDirectoryNotContaining("glob:**massive-pipeline-*");

            // And whoever starts it once more has everything once
            assertThat(replay(feed, redis).exitCode()).isZero();
            FeedOracle whole = FeedOracle.of(feed, 100);
            content.hasStreamsOf(whole);
            content.hasTotalsOf(whole);
        }
    }

    @Test
    void theJarHoldsTheJobAndNothingOfFlinkOrTheTests() throws IOException {
        try (JarFile jar = new JarFile("target/massive-pipeline.jar")) {
            assertThat(jar.stream().map(Object::toString).toList())
                    .contains("io/massivepipeline/job/MassivePipeline.class")
                    .anyMatch(name -> name.startsWith("io/lettuce/"))
                    .noneMatch(name -> name.startsWith("org/apache/flink/"))
                    .noneMatch(name -> name.startsWith("org/apache/logging/"))
                    .noneMatch(name -> name.startsWith("io/massivepipeline/fixtures/"))
                    .noneMatch(name -> name.startsWith("redis/embedded/"));
        }
    }

    private PipelineProcess replay(Path feed, RedisServer redis) throws IOException {
        return replay(feed, redis, Map.of());
    }

    private PipelineProcess replay(
            Path feed, RedisServer redis, Map<String, String> environment, String... more)
            throws IOException {
        String[] arguments = {
            "--source=replay",
            "--feed=" + feed,
            "--redis.uri=" + redis.uri(),
            "--trades.max-length=1000000"
        };
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return start(environment, all);
    }

    private PipelineProcess start(Map<String, String> environment, String... arguments)
            throws IOException {
        return PipelineProcess.start(folder, environment, arguments);
    }
}

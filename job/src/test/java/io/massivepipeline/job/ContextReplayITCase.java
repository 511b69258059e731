package io.massivepipeline.job;

import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;
import io.massivepipeline.job.oracle.ContextContent;
import io.massivepipeline.job.oracle.ContextOracle;
import io.massivepipeline.sources.poll.capture.AnswerReader;

import org.apache.flink.api.common.JobID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Captured context through the whole job to a real Redis: SPX and NDX over the close of a day. */
@Timeout(240)
class ContextReplayITCase {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static final Path FEED = fixture("ws-feed.txt");
    private static final Path CONTEXT = fixture("context.txt.gz");
    private static final int TRADE_DATE = 20251222;

    @TempDir Path folder;

    private RedisServer redis;
    private ReplayCluster cluster;

    private static Path fixture(String name) {
        return Path.of("..", "fixtures", name).toAbsolutePath().normalize();
    }

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

    private Map<String, String> options(int parallelism) {
        Map<String, String> options = new HashMap<>();
        options.put("feed", FEED.toString());
        options.put("context", CONTEXT.toString());
        options.put("redis.uri", redis.uri());
        // Snapshots live ten times as long.
        options.put("chain.interval", "60 s");
        options.put("parallelism.default", Integer.toString(parallelism));
        return options;
    }

    private static ContextOracle expected() throws IOException {
        ContextOracle oracle = new ContextOracle(2.0, 5);
        AnswerReader answers = new AnswerReader();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(CONTEXT)),
                                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.split("\t", 2);
                oracle.take(
                        answers.read(
                                Long.parseLong(parts[0]),
                                parts[1].getBytes(StandardCharsets.UTF_8)));
            }
        }
        return oracle;
    }

    @Test
    void redisHoldsWhatTheAnswersSay() throws Exception {
        cluster.await(cluster.submit(options(2)));

        try (ContextContent content = new ContextContent(redis)) {
            content.agreesWith(expected(), TRADE_DATE);
            assertThat(content.snapshot("SPX:20251223").get("contracts").get(0).get("bid"))
                    .isNotNull();
        }
    }

    @Test
    void failuresOnTheWayMakeNoDifference() throws Exception {
        // Given a replay that takes some seconds
        Map<String, String> options = options(2);
        options.put("replay.speed", "120");
        JobID job = cluster.submit(options);

        // When the machine crashes in the middle of it, more than once
        try (ContextContent content = new ContextContent(redis)) {
            for (int crash = 1; crash <= 2; crash++) {
                int enough = 40 * crash;
                await().atMost(SOON).until(() -> content.trailOf("SPX").size() >= enough);
                cluster.killTaskManager(job);
            }
            cluster.await(job);

            content.agreesWith(expected(), TRADE_DATE);
        }
    }
}

package io.massivepipeline.job;

import io.massivepipeline.fixtures.provider.Faults;
import io.massivepipeline.fixtures.provider.MarketDriver;
import io.massivepipeline.fixtures.provider.ProviderOptions;
import io.massivepipeline.fixtures.provider.StandInProvider;
import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;

import org.apache.flink.api.common.JobID;
import org.apache.flink.util.ExceptionUtils;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The API key and the password of Redis reach those that they are for and nobody else: they are in
 * no log at any level, exception, metric, page of Flink, checkpoint, journal or capture.
 */
@Timeout(180)
class LiveSecrecyITCase {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String KEY = "s3cr3t-k3y-0f-th3-t3st";
    private static final String PASSWORD = "pa55w0rd-0f-th3-t3st";

    @TempDir Path folder;
    @TempDir Path secrets;

    @Test
    void secretsAreFoundNowhere() throws Exception {
        try (LogWatch log = LogWatch.forTexts(KEY, PASSWORD);
                RedisServer redis =
                        RedisServers.embedded(RedisOptions.defaults().withPassword(PASSWORD));
                ReplayCluster cluster = new ReplayCluster(folder.resolve("checkpoints"));
                StandInProvider provider = StandInProvider.start(ProviderOptions.withKey(KEY))) {
            // Given a run that was through the loss of a connection, of a TaskManager and of Redis
            JobID job = cluster.submit(live(provider, redis));
            MarketDriver market = LiveFeedTape.play(provider, 3, 2_000);
            awaitTrades(provider);
            provider.endConnections();
            awaitTrades(provider);
            redis.restart();
            cluster.killTaskManager();
            awaitTrades(provider);
            Map<String, String> running = FlinkPages.of(cluster.restAddress());
            Path savepoint = Path.of(URI.create(cluster.savepoint(job)));

            // When it ends because the key is refused
            provider.faults().auth(Faults.Auth.WRONG_KEY);
            provider.endConnections();
            await().atMost(SOON).until(() -> cluster.isOver(job));
            market.close();
            Map<String, String> failed = FlinkPages.of(cluster.restAddress());
            String failure = failureOf(cluster, job);

            // Then much was said, and no secret
            assertThat(log.lines()).isGreaterThan(10_000);
            assertThat(log.found()).isEmpty();
            assertThat(failure)
                    .contains("The provider refused the API key")
                    .doesNotContain(KEY, PASSWORD);
            assertThat(running).hasSizeGreaterThan(100).allSatisfy(LiveSecrecyITCase::isClean);
            assertThat(String.join("", running.values()))
                    .contains("ws.url", "live.journalFrames", "Redis: trade streams");
            assertThat(failed).allSatisfy(LiveSecrecyITCase::isClean);
            assertThat(String.join("", failed.values()))
                    .contains("The provider refused the API key");
            assertThat(savepoint.resolve("_metadata")).exists();
            filesAreClean();
        }
    }

    private static void isClean(String path, String text) {
        assertThat(text).as(path).doesNotContain(KEY, PASSWORD);
    }

    private static String failureOf(ReplayCluster cluster, JobID job) {
        try {
            cluster.await(job);
            return "none";
        } catch (Exception failure) {
            return ExceptionUtils.stringifyException(failure);
        }
    }

    /** Checkpoints, the savepoint, the journal, the capture. */
    private void filesAreClean() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> left = files.filter(Files::isRegularFile).toList();
            assertThat(left)
                    .extracting(file -> folder.relativize(file).getName(0).toString())
                    .contains("checkpoints", "journal", "capture.txt");
            for (Path file : left) {
                isClean(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
    }

    private static void awaitTrades(StandInProvider provider) {
        await().atMost(SOON).until(() -> provider.channels().contains("T.*"));
        long enough = provider.log().events() + 3_000;
        await().atMost(SOON).until(() -> provider.log().events() > enough);
    }

    private Map<String, String> live(StandInProvider provider, RedisServer redis)
            throws IOException {
        Map<String, String> options = new HashMap<>();
        options.put("source", "live");
        options.put("ws.url", provider.uri());
        options.put("ws.reconnect-delay", "200 ms");
        options.put("ws.reconnect-delay-max", "400 ms");
        options.put("journal.dir", folder.resolve("journal").toString());
        options.put("capture", folder.resolve("capture.txt").toString());
        options.put("massive.api-key-file", secret("key", KEY));
        options.put("redis.uri", redis.uri());
        options.put("redis.password-file", secret("password", PASSWORD));
        options.put("parallelism.default", "2");
        return options;
    }

    private String secret(String name, String text) throws IOException {
        return Files.writeString(secrets.resolve(name), text).toString();
    }
}

package io.massivepipeline.job;

import io.massivepipeline.fixtures.market.ListedMarket;
import io.massivepipeline.fixtures.market.Market;
import io.massivepipeline.fixtures.provider.MarketDriver;
import io.massivepipeline.fixtures.provider.ProviderOptions;
import io.massivepipeline.fixtures.provider.StandInProvider;
import io.massivepipeline.fixtures.provider.rest.RestOptions;
import io.massivepipeline.fixtures.provider.rest.StandInRest;
import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The API key and the password of Redis reach those that they are for and nobody else: they are in
 * no log at any level, metric, page of Flink, checkpoint, savepoint, journal or capture.
 */
@Timeout(240)
class LiveSecrecyITCase {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String KEY = "s3cr3t-k3y-0f-th3-t3st";
    private static final String REFUSED_KEY = "n0t-th3-k3y-0f-th3-t3st";
    private static final String PASSWORD = "pa55w0rd-0f-th3-t3st";

    @TempDir Path folder;

    private int restPort;

    @Test
    void secretsAreFoundNowhere() throws Exception {
        restPort = freePort();
        Files.writeString(folder.resolve("log4j2.properties"), loggingOf(folder.resolve("log")));
        try (RedisServer redis =
                        RedisServers.embedded(RedisOptions.defaults().withPassword(PASSWORD));
                StandInProvider provider = StandInProvider.start(ProviderOptions.withKey(KEY));
                StandInRest rest = rest(KEY);
                StandInRest otherRest = rest(REFUSED_KEY);
                MarketDriver market = LiveFeedTape.play(provider, 3, 500)) {
            // Given a run that was through the loss of a connection, of Redis and of its state
            PipelineProcess run = run(provider, rest, redis, KEY);
            awaitTrades(provider, 1);
            await().atMost(SOON).until(() -> new ResumeFolder(state()).newest().isPresent());
            provider.endConnections();
            redis.restart();
            awaitTrades(provider, 2);
            Path aside = folder.resolve("aside");
            Files.move(state(), aside);
            Files.writeString(state(), "in the way");
            await().atMost(SOON).until(() -> provider.openConnections() == 0);
            Files.delete(state());
            Files.move(aside, state());
            awaitTrades(provider, 3);
            Map<String, String> pages = FlinkPages.of(URI.create("http://127.0.0.1:" + restPort));

            // When it is stopped, and another goes on with a key that is refused
            run.terminate();
            assertThat(run.exitCode()).as(run.err()).isZero();
            filesAreClean("savepoint-");
            PipelineProcess refused = run(provider, otherRest, redis, REFUSED_KEY);
            assertThat(refused.exitCode()).as(refused.err()).isEqualTo(1);
            market.close();

            // Then much was said and shown
            assertThat(Files.readString(folder.resolve("log"), StandardCharsets.ISO_8859_1))
                    .contains("RESTARTING", "Stopped with", "The provider refused the API key")
                    .contains("TRACE io.lettuce");
            assertThat(String.join("", pages.values()))
                    .contains("live.journalFrames", "Redis: trade streams", "exceptionName")
                    .contains("io.massivepipeline");
            assertThat(pages).hasSizeGreaterThan(100);

            // And no secret
            assertThat(pages).allSatisfy(LiveSecrecyITCase::isClean);
            isClean("screen", run.out() + run.err() + refused.out() + refused.err());
            filesAreClean("chk-");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void isClean(String what, String text) {
        assertThat(Stream.of(KEY, REFUSED_KEY, PASSWORD).noneMatch(text::contains))
                .as(what)
                .isTrue();
    }

    /** The log, checkpoints, the savepoint, the journal, the capture. */
    private void filesAreClean(String state) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> left = files.filter(Files::isRegularFile).toList();
            assertThat(left)
                    .extracting(file -> folder.relativize(file).getName(0).toString())
                    .contains("log", "state", "journal", "capture.txt");
            assertThat(left).anyMatch(file -> file.toString().contains(state));
            for (Path file : left) {
                isClean(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
    }

    private static void awaitTrades(StandInProvider provider, int connection) {
        await().atMost(SOON)
                .until(
                        () ->
                                provider.log().connections() >= connection
                                        && provider.channels().contains("T.*"));
        long enough = provider.log().events() + 1_000;
        await().atMost(SOON).until(() -> provider.log().events() > enough);
    }

    private Path state() {
        return folder.resolve("state");
    }

    private static StandInRest rest(String key) throws IOException {
        return StandInRest.start(RestOptions.of(key, ListedMarket.of(Market.seeded(3))));
    }

    private PipelineProcess run(
            StandInProvider provider, StandInRest rest, RedisServer redis, String key)
            throws IOException {
        return PipelineProcess.start(
                List.of("-Dlog4j2.configurationFile=" + folder.resolve("log4j2.properties")),
                folder,
                Map.of("MASSIVE_API_KEY", key, "REDIS_PASSWORD", PASSWORD),
                "--source=live",
                "--ws.url=" + provider.uri(),
                "--rest.url=" + rest.uri(),
                "--ws.reconnect-delay=200 ms",
                "--redis.uri=" + redis.uri(),
                "--journal.dir=" + folder.resolve("journal"),
                "--capture=" + folder.resolve("capture.txt"),
                "--resume.dir=" + state(),
                "--rest.bind-port=" + restPort,
                "--execution.checkpointing.interval=1s");
    }

    /** Everything of everybody. */
    private static String loggingOf(Path file) {
        return """
                shutdownHook = disable
                appender.all.type = File
                appender.all.name = all
                appender.all.fileName = %s
                appender.all.layout.type = PatternLayout
                appender.all.layout.pattern = %%p %%c %%m%%n%%throwable
                rootLogger.level = all
                rootLogger.appenderRef.all.ref = all
                """
                .formatted(file);
    }
}

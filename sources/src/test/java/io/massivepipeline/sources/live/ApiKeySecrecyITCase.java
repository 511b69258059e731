package io.massivepipeline.sources.live;

import io.massivepipeline.fixtures.provider.Faults;
import io.massivepipeline.fixtures.provider.ProviderOptions;
import io.massivepipeline.fixtures.provider.StandInProvider;
import io.massivepipeline.sources.provider.ApiKey;

import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.ExceptionUtils;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The API key reaches the provider and nothing else: no log at any level, file or exception. */
@Timeout(120)
class ApiKeySecrecyITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static final String KEY = "s3cr3t-k3y-0f-th3-t3st";
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir Path folder;

    @Test
    void isFoundNowhere() throws Exception {
        Path key =
                Files.writeString(
                        Files.createDirectories(folder.resolve("secret")).resolve("key"), KEY);
        Queue<String> logged = new ConcurrentLinkedQueue<>();
        AbstractAppender appender = appender(logged);
        LoggerContext logging = (LoggerContext) LogManager.getContext(false);
        Level before = logging.getConfiguration().getRootLogger().getLevel();
        logging.getConfiguration().getRootLogger().addAppender(appender, Level.ALL, null);
        Configurator.setAllLevels("", Level.ALL);
        String failure;
        try (StandInProvider provider = StandInProvider.start(ProviderOptions.withKey(KEY))) {
            // Given a run with reconnects, a failure of the job, and a key that is refused at last
            try (LiveJob job =
                    LiveJob.start(
                            source(provider, key),
                            "key",
                            folder.resolve("state"),
                            Optional.empty())) {
                await().atMost(SOON).until(() -> provider.channels().contains("T.*"));
                provider.publish(List.of(Trades.trade(1, 1)));
                provider.endConnections();
                await().atMost(SOON).until(() -> provider.log().connections() == 2);
                job.tape().fail();
                await().atMost(SOON).until(() -> provider.log().connections() == 3);
                await().atMost(SOON)
                        .until(
                                () ->
                                        Files.exists(
                                                Path.of(
                                                        URI.create(
                                                                LiveJob.newestCheckpoint(
                                                                        folder.resolve(
                                                                                "state"))))));
                provider.faults().auth(Faults.Auth.WRONG_KEY);
                provider.endConnections();
                failure = ExceptionUtils.stringifyException(job.failure());
            }
        } finally {
            Configurator.setAllLevels("", before);
            logging.getConfiguration().getRootLogger().removeAppender("lines");
        }

        // Then the key is in none of what is left
        assertThat(logged).anyMatch(line -> line.contains("Streaming: 1 of 1 channels"));
        assertThat(logged).noneMatch(line -> line.contains(KEY));
        assertThat(failure).contains("The provider refused the API key").doesNotContain(KEY);
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> left =
                    files.filter(Files::isRegularFile).filter(file -> !file.equals(key)).toList();
            assertThat(left).hasSizeGreaterThan(2);
            for (Path file : left) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as("%s", file)
                        .doesNotContain(KEY);
            }
        }
    }

    private LiveSource source(StandInProvider provider, Path key) {
        return LiveSource.builder()
                .url(provider.uri())
                .apiKey(ApiKey.fromFile(key.toString()))
                .journal(folder.resolve("journal").toString(), 1L << 30)
                .reconnectDelay(Duration.ofMillis(200), Duration.ofSeconds(1))
                .capture(folder.resolve("capture.txt").toString())
                .build();
    }

    private static AbstractAppender appender(Queue<String> lines) {
        AbstractAppender appender =
                new AbstractAppender("lines", null, null, true, Property.EMPTY_ARRAY) {
                    @Override
                    public void append(LogEvent event) {
                        String thrown =
                                event.getThrown() == null
                                        ? ""
                                        : ExceptionUtils.stringifyException(event.getThrown());
                        lines.add(event.getMessage().getFormattedMessage() + thrown);
                    }
                };
        appender.start();
        return appender;
    }
}

package io.massivepipeline.cluster;

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
import io.massivepipeline.job.LiveFeedTape;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is to be seen of a live run and of a replay from outside: the metrics that were promised,
 * the options in force, and no secret.
 */
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObservedClusterITCase {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String KEY = "k-9d2f7b5e";
    private static final String PASSWORD = "p-e1c84a03";

    @TempDir static Path folder;

    private RedisServer redis;
    private RedisServer other;
    private StandInProvider provider;
    private StandInRest rest;
    private MarketDriver market;
    private LocalCluster cluster;
    private String live;

    @BeforeAll
    void runLiveAndReplay() throws Exception {
        RedisOptions options = RedisOptions.defaults().withPassword(PASSWORD);
        redis = RedisServers.embedded(options);
        other = RedisServers.embedded(options);
        provider = StandInProvider.start(ProviderOptions.withKey(KEY));
        rest = StandInRest.start(RestOptions.of(KEY, ListedMarket.of(Market.seeded(17))));
        market = LiveFeedTape.play(provider, 17, 500);
        cluster =
                LocalCluster.start(
                        "ObservedClusterITCase",
                        Map.of("MASSIVE_API_KEY", KEY, "REDIS_PASSWORD", PASSWORD));
        live =
                cluster.submit(
                        List.of(
                                "--ws.url=" + provider.uri(),
                                "--rest.url=" + rest.uri(),
                                "--journal.dir=" + folder.resolve("journal"),
                                "--redis.uri=" + redis.uri()));
        String replay =
                cluster.submit(
                        List.of(
                                "--source=replay",
                                "--feed=" + Path.of("../fixtures/ws-feed.txt").toAbsolutePath(),
                                "--replay.speed=10",
                                "--redis.uri=" + other.uri()));
        for (String job : List.of(live, replay)) {
            await().atMost(SOON).until(() -> cluster.completedCheckpoints(job) > 1);
        }
    }

    @AfterAll
    void stop() throws Exception {
        market.close();
        cluster.close();
        provider.close();
        rest.close();
        other.close();
        redis.close();
    }

    @Test
    void everyMetricThatWasPromisedIsThere() throws Exception {
        Set<String> exposed =
                cluster.metrics()
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.split("[{ ]")[0])
                        .collect(Collectors.toCollection(TreeSet::new));

        Set<String> missing = ShippedMetrics.all();
        missing.removeAll(exposed);
        assertThat(missing).isEmpty();
    }

    @Test
    void metricsSayWhatIs() throws Exception {
        String metrics = cluster.metrics();

        assertThat(values(metrics, "flink_taskmanager_job_task_operator_live_stateCode", live))
                .containsExactly(4.0);
        // A trade leaves when it has waited for those before it, and soon after.
        assertThat(values(metrics, "flink_taskmanager_job_task_operator_eventTimeLagMs", live))
                .isNotEmpty()
                .allSatisfy(ms -> assertThat(ms).isBetween(0.0, 60_000.0));
    }

    /** Without which the search for the key would not cover what is asked for with it. */
    @Test
    void pricesAndChainsWereAskedFor() {
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(
                                                values(
                                                        cluster.metrics(),
                                                        "flink_taskmanager_job_task_operator_poll_lastTs",
                                                        live))
                                        .hasSize(2)
                                        .allSatisfy(time -> assertThat(time).isPositive()));
    }

    @Test
    void theClustersSettingsWinOverTheJobsAndOptionsAreShown() throws Exception {
        assertThat(cluster.json("/jobs/" + live + "/checkpoints/config").path("interval").asInt())
                .isEqualTo(3_000);
        JsonNode shown =
                cluster.json("/jobs/" + live + "/config")
                        .path("execution-config")
                        .path("user-config");
        assertThat(shown.path("order.delay").asText()).isEqualTo("100 ms");
        assertThat(shown.path("redis.uri").asText()).isEqualTo(redis.uri());
    }

    @Test
    void aSecondStartChangesNothing() throws Exception {
        List<Long> processes = cluster.processes();

        assertThat(cluster.run(List.of("start"))).contains(Long.toString(processes.get(0)));

        assertThat(cluster.processes()).isEqualTo(processes);
        assertThat(cluster.state(live)).isEqualTo("RUNNING");
    }

    @Test
    void nothingTellsASecret() throws Exception {
        for (String page : pages()) {
            assertSecretFree(page, cluster.rest(page));
        }
        assertSecretFree("metrics", cluster.metrics());
        for (Path root : List.of(folder, cluster.folder())) {
            for (Path file : filesIn(root)) {
                assertSecretFree(file.toString(), text(file));
            }
        }
        for (long process : cluster.processes()) {
            assertSecretFree("arguments", text(Path.of("/proc/" + process + "/cmdline")));
        }
    }

    private static void assertSecretFree(String what, String text) {
        assertThat(text.contains(KEY)).as("the key in %s", what).isFalse();
        assertThat(text.contains(PASSWORD)).as("the password in %s", what).isFalse();
    }

    /** Byte by byte, whatever it is; what is gone by now says nothing. */
    private static String text(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException gone) {
            return "";
        }
    }

    /** All files below, while checkpoints and segments come and go. */
    private static List<Path> filesIn(Path root) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        files.add(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException gone) {
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path folder, IOException gone) {
                        return FileVisitResult.CONTINUE;
                    }
                });
        return files;
    }

    /** What the web UI shows. */
    private List<String> pages() throws Exception {
        List<String> pages = new ArrayList<>(List.of("/config", "/overview", "/jobs/overview"));
        for (String page : List.of("config", "environment", "log", "stdout", "thread-dump")) {
            pages.add("/jobmanager/" + page);
        }
        for (JsonNode each : cluster.json("/taskmanagers").path("taskmanagers")) {
            String manager = "/taskmanagers/" + each.path("id").asText();
            pages.add(manager);
            for (String page : List.of("log", "stdout", "thread-dump", "metrics")) {
                pages.add(manager + "/" + page);
            }
        }
        for (JsonNode each : cluster.json("/jobs").path("jobs")) {
            String job = "/jobs/" + each.path("id").asText();
            pages.add(job);
            for (String page :
                    List.of(
                            "config",
                            "plan",
                            "exceptions",
                            "accumulators",
                            "checkpoints",
                            "checkpoints/config",
                            "jobmanager/config",
                            "jobmanager/environment")) {
                pages.add(job + "/" + page);
            }
            for (JsonNode vertex : cluster.json(job).path("vertices")) {
                String task = job + "/vertices/" + vertex.path("id").asText();
                pages.addAll(List.of(task, task + "/metrics", task + "/taskmanagers"));
            }
        }
        return pages;
    }

    /** The values of a metric of a job, of all its series. */
    private static List<Double> values(String metrics, String name, String job) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + "{"))
                .filter(line -> line.contains("job_id=\"" + job + "\""))
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .toList();
    }
}

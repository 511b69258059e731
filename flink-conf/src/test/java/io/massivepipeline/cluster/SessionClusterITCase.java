package io.massivepipeline.cluster;

import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;
import io.massivepipeline.job.oracle.RandomFeed;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** One session cluster that sees many jobs come and go. */
@Timeout(1_800)
class SessionClusterITCase {

    private static final Logger LOG = LoggerFactory.getLogger(SessionClusterITCase.class);

    private static final Path JAR = Path.of("../job/target/massive-pipeline.jar");
    private static final Duration SOON = Duration.ofSeconds(60);

    /** Classes and what is compiled come lazily, and some of it not before the tenth job. */
    private static final int WARM_UP = 20;

    private static final int SUBMISSIONS = 100;

    /** What Flink's pools may have started since the warm-up. */
    private static final int FEW = 12;

    @TempDir Path folder;

    private RedisServer redis;
    private RedisClient client;
    private StatefulRedisConnection<String, String> connection;
    private LocalCluster cluster;
    private WebSubmission web;

    @BeforeEach
    void start() throws Exception {
        redis = RedisServers.embedded(RedisOptions.defaults());
        client = RedisClient.create(redis.uri());
        connection = client.connect();
        // What it holds is judged, so its JVMs are those that a user has.
        cluster = LocalCluster.start("SessionClusterITCase", Map.of(LocalCluster.JAVA_OPTIONS, ""));
        web = new WebSubmission(cluster.address(), JAR);
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
        connection.close();
        client.shutdown();
        redis.close();
    }

    @Test
    void aBadOptionEndsTheSubmissionAndNotTheJobManager() throws Exception {
        assertThat(web.run(List.of("--source=replay")))
                .contains("--source replay needs --feed FILE");

        assertThat(cluster.rest("/overview")).contains("\"taskmanagers\":2");
    }

    @Test
    @Tag("slow")
    void aHundredJobsLeaveNothingBehind() throws Exception {
        // Given a cluster that has seen some jobs
        Path feed = RandomFeed.write(folder.resolve("feed.txt"), 91, 2_000);
        comeAndGo(feed, WARM_UP);
        List<JvmUse> before = use();

        // When a hundred more come and are cancelled
        comeAndGo(feed, SUBMISSIONS);
        List<JvmUse> after = use();

        // Then threads, handles, classes and connections are as they were
        LOG.info("before: {}", before);
        LOG.info("after {} jobs: {}", SUBMISSIONS, after);
        for (int i = 0; i < before.size(); i++) {
            JvmUse was = before.get(i);
            JvmUse is = after.get(i);
            assertThat(is.threads()).isLessThanOrEqualTo(was.threads() + FEW);
            assertThat(is.handles()).isLessThanOrEqualTo(was.handles() + FEW);
            assertThat(is.jobLoaders()).isLessThanOrEqualTo(2);
            assertThat(is.metaspace()).isLessThan(was.metaspace() * 11 / 10);
        }
        assertThat(connections()).isEqualTo(1);
    }

    private void comeAndGo(Path feed, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            String job =
                    web.run(
                            List.of(
                                    "--source=replay",
                                    "--feed=" + feed,
                                    "--replay.speed=1",
                                    "--redis.uri=" + redis.uri()));
            await().atMost(SOON)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> cluster.state(job).equals("RUNNING") && connections() > 1);
            web.cancel(job);
            await().atMost(SOON)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> cluster.state(job).equals("CANCELED") && connections() == 1);
        }
    }

    /** Of the JobManager and the TaskManagers. */
    private List<JvmUse> use() throws Exception {
        List<JvmUse> use = new ArrayList<>();
        for (long process : cluster.processes()) {
            use.add(JvmUse.of(process));
        }
        return use;
    }

    /** To Redis, this test's own included. */
    private long connections() {
        return connection.sync().clientList().lines().count();
    }
}

package io.massivepipeline.sinks.redis.recovery;

import io.massivepipeline.fixtures.redis.OnEveryRedis;
import io.massivepipeline.fixtures.redis.RedisRuntime;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RespClient;
import io.massivepipeline.sinks.redis.RedisConnectionConfig;
import io.massivepipeline.sinks.redis.testing.SharedRedis;

import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A job that fails again and again in one TaskManager, with class loaders of its own each time as
 * on a session cluster, leaves nothing behind: no connection, no thread, no class.
 */
@OnEveryRedis
class RestartsITCase {

    private static final int FEW = 10;
    private static final int MANY = 100;
    private static final long NUMBERS_AN_ATTEMPT = 400;

    private final RedisServer server;

    @TempDir private Path folder;

    RestartsITCase(RedisRuntime runtime) {
        server = SharedRedis.server(runtime);
    }

    @Test
    void leavesNothingBehindInTenRestarts() throws Exception {
        leavesNothingBehind(FEW);
    }

    @Test
    @Tag("slow")
    void leavesNothingBehindInAHundredRestarts() throws Exception {
        leavesNothingBehind(MANY);
    }

    private void leavesNothingBehind(int restarts) throws Exception {
        try (SinkCluster flink = new SinkCluster(folder, new Configuration());
                RespClient redis = SharedRedis.empty(server)) {
            Set<Thread> threads = clientThreads();
            long connections = clients(redis);

            // Given what one restart leaves loaded: Flink's own classes and caches of the JVM
            run(flink, redis, 1);
            awaitNoMore(redis, threads, connections);
            long classes = loadedClasses();

            // When there are many
            run(flink, redis, restarts);

            // Then
            awaitNoMore(redis, threads, connections);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(loadedClasses()).isLessThan(classes + 1_000));
        }
    }

    private static void awaitNoMore(RespClient redis, Set<Thread> threads, long connections) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> {
                            assertThat(clients(redis)).isLessThanOrEqualTo(connections);
                            assertThat(threads).containsAll(clientThreads());
                        });
    }

    private void run(SinkCluster flink, RespClient redis, int restarts) throws Exception {
        redis.command("FLUSHALL");
        long numbers = (restarts + 1) * NUMBERS_AN_ATTEMPT;
        NumberedStreams streams =
                new NumberedStreams(RedisConnectionConfig.of(server.uri()), numbers, 1e6);
        Configuration configuration = new Configuration();
        configuration.setString("execution.checkpointing.interval", "50 ms");
        configuration.setString("restart-strategy.type", "fixed-delay");
        configuration.setString("restart-strategy.fixed-delay.attempts", "" + restarts);
        configuration.setString("restart-strategy.fixed-delay.delay", "1 ms");
        JobGraph graph = streams.job(configuration, 2, new FailingOnceAnAttempt(restarts));
        graph.setClasspaths(withoutFlink());

        JobID job = flink.submit(graph);
        flink.await(job);

        streams.assertComplete(redis);
    }

    /** What a job's jar would hold: the sink, its client and this test. */
    private static List<URL> withoutFlink() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            File file = new File(entry);
            // Maven tests the packaged sink, others its folders.
            if (file.isDirectory()
                    || Stream.of(
                                    "sinks-",
                                    "lettuce",
                                    "netty",
                                    "reactor",
                                    "reactive",
                                    "HdrHistogram")
                            .anyMatch(file.getName()::startsWith)) {
                urls.add(file.toURI().toURL());
            }
        }
        return urls;
    }

    private static Set<Thread> clientThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(
                        thread ->
                                Stream.of("lettuce", "netty", "parallel-", "boundedElastic")
                                        .anyMatch(thread.getName()::startsWith))
                .collect(Collectors.toSet());
    }

    private static long clients(RespClient redis) {
        return redis.text("CLIENT", "LIST").lines().count();
    }

    /** After everything that only caches hold has been let go. */
    private static long loadedClasses() {
        // No array is that large: the JVM gives up its soft references before it says so
        assertThatThrownBy(() -> assertThat(new long[Integer.MAX_VALUE - 8]).isNull())
                .isInstanceOf(OutOfMemoryError.class);
        return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
    }

    /** Fails a little later in each attempt, until all restarts have been seen. */
    private static final class FailingOnceAnAttempt extends RichMapFunction<Long, Long> {

        private static final long serialVersionUID = 1L;

        private final int restarts;

        FailingOnceAnAttempt(int restarts) {
            this.restarts = restarts;
        }

        @Override
        public Long map(Long number) {
            int attempt = getRuntimeContext().getTaskInfo().getAttemptNumber();
            if (attempt < restarts && number >= (attempt + 1) * NUMBERS_AN_ATTEMPT) {
                throw new IllegalStateException("Meant to fail: attempt " + attempt);
            }
            return number;
        }
    }
}

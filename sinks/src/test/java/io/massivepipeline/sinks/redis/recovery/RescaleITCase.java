package io.massivepipeline.sinks.redis.recovery;

import io.massivepipeline.fixtures.redis.OnEveryRedis;
import io.massivepipeline.fixtures.redis.RedisRuntime;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RespClient;
import io.massivepipeline.sinks.redis.RedisConnectionConfig;
import io.massivepipeline.sinks.redis.testing.SharedRedis;

import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs that are restored from what they were before their last entries, on more or fewer tasks. */
@OnEveryRedis
class RescaleITCase {

    private static final long NUMBERS = 40_000;

    private final RedisServer server;
    private final NumberedStreams streams;

    @TempDir private Path savepoints;

    RescaleITCase(RedisRuntime runtime) {
        server = SharedRedis.server(runtime);
        streams =
                new NumberedStreams(RedisConnectionConfig.of(server.uri()), NUMBERS, NUMBERS / 3.0);
    }

    private JobGraph job(int sinks) {
        Configuration configuration = new Configuration();
        configuration.setString("execution.checkpointing.interval", "200 ms");
        return streams.job(configuration, sinks, number -> number);
    }

    @Test
    void writesWhatWasWrittenAlreadyNeitherTwiceNorOutOfOrder() throws Exception {
        try (SinkCluster flink = new SinkCluster(savepoints, new Configuration());
                RespClient redis = SharedRedis.empty(server)) {
            redis.command("CONFIG", "RESETSTAT");
            JobID onTwo = flink.submit(job(2));
            SavepointRestoreSettings early = savepointThatIsOutrun(flink, onTwo, redis, 500);
            assertThat(refused(redis)).isZero();

            JobID onThree = flink.submit(job(3), early);
            SavepointRestoreSettings late = savepointThatIsOutrun(flink, onThree, redis, 2_500);
            assertThat(refused(redis)).as("the first half is written again").isPositive();

            JobID onOne = flink.submit(job(1), late);
            flink.await(onOne);

            streams.assertComplete(redis);
        }
    }

    @Test
    void goesOnWhereASavepointStoppedIt() throws Exception {
        try (SinkCluster flink = new SinkCluster(savepoints, new Configuration());
                RespClient redis = SharedRedis.empty(server)) {
            redis.command("CONFIG", "RESETSTAT");
            JobID onTwo = flink.submit(job(2));
            awaitLength(redis, 1_500);
            SavepointRestoreSettings stopped = flink.stopWithSavepoint(onTwo);

            flink.await(flink.submit(job(3), stopped));

            streams.assertComplete(redis);
            assertThat(refused(redis)).as("nothing is written again").isZero();
        }
    }

    /** Ends the job well after a savepoint, so that the next one begins with what stands. */
    private static SavepointRestoreSettings savepointThatIsOutrun(
            SinkCluster flink, JobID job, RespClient redis, long entries) throws Exception {
        awaitLength(redis, entries);
        SavepointRestoreSettings savepoint = flink.savepoint(job);
        awaitLength(redis, NumberedStreams.length(redis) + 300);
        flink.cancel(job);
        return savepoint;
    }

    private static void awaitLength(RespClient redis, long entries) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> NumberedStreams.length(redis) >= entries);
    }

    /** How many entries the server has refused because it has them. */
    private static long refused(RespClient redis) {
        return redis.text("INFO", "commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_xadd:"))
                .map(line -> line.replaceFirst(".*failed_calls=", "").strip())
                .mapToLong(Long::parseLong)
                .sum();
    }
}

package io.massivepipeline.sinks.redis.recovery;

import io.massivepipeline.fixtures.redis.OnEveryRedis;
import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisRuntime;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RespClient;
import io.massivepipeline.sinks.redis.RedisConnectionConfig;

import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.awaitility.Awaitility.await;

/** A job that is told to stop while Redis is away: Flink has silenced its timers by then. */
@OnEveryRedis
class StopDuringOutageITCase {

    private static final long NUMBERS = 20_000;

    private final RedisRuntime runtime;

    @TempDir private Path savepoints;

    StopDuringOutageITCase(RedisRuntime runtime) {
        this.runtime = runtime;
    }

    @Test
    void theSavepointIsTakenWhenRedisIsBackAndNothingIsMissing() throws Exception {
        try (RedisServer server = runtime.start(RedisOptions.defaults().withAppendOnly());
                SinkCluster flink = new SinkCluster(savepoints, new Configuration())) {
            // Given a job that writes
            NumberedStreams streams =
                    new NumberedStreams(
                            RedisConnectionConfig.of(server.uri()), NUMBERS, NUMBERS / 4.0);
            JobID job = flink.submit(streams.job(new Configuration(), 2, number -> number));
            try (RespClient redis = server.connect()) {
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> NumberedStreams.length(redis) > 200);
            }

            // When it is stopped while Redis is away
            server.kill();
            CompletableFuture<SavepointRestoreSettings> stopped = flink.stopping(job);
            await().during(Duration.ofSeconds(1)).until(() -> !stopped.isDone());

            // Then its savepoint is complete soon after Redis is back, and another job goes on
            server.restart();
            flink.await(
                    flink.submit(
                            streams.job(new Configuration(), 3, number -> number),
                            stopped.get(30, TimeUnit.SECONDS)));
            try (RespClient redis = server.connect()) {
                streams.assertComplete(redis);
            }
        }
    }
}

package io.massivepipeline.sinks.redis;

import io.massivepipeline.fixtures.redis.OnEveryRedis;
import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisRuntime;
import io.massivepipeline.fixtures.redis.RedisSentinel;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RespClient;
import io.massivepipeline.sinks.redis.testing.Later;
import io.massivepipeline.sinks.redis.testing.Traffic;
import io.massivepipeline.sinks.redis.testing.WriterHarness;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/** What replicas have confirmed survives the loss of the primary. */
@OnEveryRedis
class RedisSentinelITCase {

    private final RedisRuntime runtime;

    RedisSentinelITCase(RedisRuntime runtime) {
        this.runtime = runtime;
    }

    @Test
    void losesNothingInAFailoverWhenAReplicaMustConfirm() throws Exception {
        Traffic traffic = new Traffic(5, 50);
        try (RedisSentinel sentinel = RedisSentinel.start(runtime, 2, RedisOptions.defaults());
                WriterHarness sink =
                        new WriterHarness(
                                RedisConnectionConfig.builder()
                                        .uri(sentinel.uri())
                                        .commandTimeout(Duration.ofSeconds(2))
                                        .minReplicas(1)
                                        .build())) {
            traffic.write(sink, 20);
            sink.flush();
            try (Later failover = Later.in(Duration.ofMillis(30), sentinel::failover)) {
                for (int i = 0; i < 40; i++) {
                    traffic.write(sink, 5);
                    sink.flush();
                }
                failover.await();
            }
            traffic.write(sink, 5);
            sink.flush();

            try (RespClient redis = sentinel.primary().connect()) {
                traffic.assertComplete(redis);
            }
        }
    }

    @Test
    void followsThePrimaryWhenItIsDemoted() throws Exception {
        Traffic traffic = new Traffic(5, 50);
        try (RedisSentinel sentinel = RedisSentinel.start(runtime, 2, RedisOptions.defaults());
                WriterHarness sink =
                        new WriterHarness(
                                RedisConnectionConfig.builder()
                                        .uri(sentinel.uri())
                                        .commandTimeout(Duration.ofSeconds(2))
                                        // One would do for the replica that is not promoted
                                        .minReplicas(2)
                                        .build())) {
            traffic.write(sink, 2);
            sink.flush();
            RedisServer old = sentinel.primary();
            try (RespClient admin = sentinel.sentinels().get(0).connect()) {
                admin.command("SENTINEL", "FAILOVER", RedisSentinel.NAME);
            }
            for (int i = 0; i < 100; i++) {
                traffic.write(sink, 1);
                sink.flush();
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> sentinel.primary().port() != old.port());
            traffic.write(sink, 5);
            sink.flush();

            try (RespClient redis = sentinel.primary().connect()) {
                traffic.assertComplete(redis);
            }
        }
    }
}

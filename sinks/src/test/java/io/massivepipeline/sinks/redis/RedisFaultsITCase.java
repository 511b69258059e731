package io.massivepipeline.sinks.redis;

import io.massivepipeline.fixtures.redis.OnEveryRedis;
import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisRuntime;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RespClient;
import io.massivepipeline.fixtures.tcp.TcpProxy;
import io.massivepipeline.sinks.redis.testing.Later;
import io.massivepipeline.sinks.redis.testing.Traffic;
import io.massivepipeline.sinks.redis.testing.WriterHarness;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;

/** After every fault, every entry stands once and in order. */
@OnEveryRedis
class RedisFaultsITCase {

    private final RedisRuntime runtime;

    /** Ten times the command timeout, on one of the two: it takes its time. */
    private final Duration pause;

    RedisFaultsITCase(RedisRuntime runtime) {
        this.runtime = runtime;
        this.pause = Duration.ofSeconds(runtime == RedisRuntime.SYSTEM ? 20 : 5);
    }

    private static RedisConnectionConfig connectionTo(String uri) {
        return RedisConnectionConfig.builder()
                .uri(uri)
                .commandTimeout(Duration.ofSeconds(2))
                .build();
    }

    @Test
    void survivesConnectionsThatAreCutInTheMiddleOfABatch() throws Exception {
        Traffic traffic = new Traffic(5, 50);
        try (RedisServer server = runtime.start(RedisOptions.defaults());
                TcpProxy network = TcpProxy.to(server.host(), server.port());
                WriterHarness sink =
                        new WriterHarness(
                                connectionTo("redis://127.0.0.1:" + network.port()),
                                builder -> builder.setMaxBatchSize(300));
                RespClient redis = server.connect()) {
            traffic.write(sink, 20);
            sink.flush();

            for (int round = 1; round <= 12; round++) {
                // Some requests are cut off, some replies are lost
                network.cutAfterBytesToServer(1_000L + 777 * round);
                network.cutAfterBytesToClient(100L + 13 * round);
                traffic.write(sink, 20);
                sink.flush();
            }

            assertThat(network.cuts()).isGreaterThan(6);
            traffic.assertComplete(redis);
        }
    }

    @Test
    void survivesAServerThatIsKilledAndStartedAgain() throws Exception {
        Traffic traffic = new Traffic(5, 50);
        try (RedisServer server = runtime.start(RedisOptions.defaults().withAppendOnly());
                WriterHarness sink = new WriterHarness(connectionTo(server.uri()))) {
            traffic.write(sink, 20);
            try (Later restart =
                    Later.in(
                            Duration.ofMillis(50),
                            () -> {
                                server.kill();
                                server.restart();
                            })) {
                for (int i = 0; i < 40; i++) {
                    traffic.write(sink, 5);
                    sink.flush();
                }
                restart.await();
            }
            traffic.write(sink, 1);
            sink.flush();

            try (RespClient redis = server.connect()) {
                traffic.assertComplete(redis);
            }
        }
    }

    @Test
    void survivesAServerThatDoesNotListen() throws Exception {
        Traffic traffic = new Traffic(5, 50);
        try (RedisServer server = runtime.start(RedisOptions.defaults());
                WriterHarness sink =
                        new WriterHarness(
                                connectionTo(server.uri()),
                                builder ->
                                        builder.setMaxBatchSize(300).setMaxBufferedEntries(500));
                RespClient redis = server.connect()) {
            traffic.write(sink, 10);
            sink.flush();
            long before = System.nanoTime();

            // What is sent meanwhile is sent again and again, and then carried out all at once
            redis.command("CLIENT", "PAUSE", "" + pause.toMillis());
            traffic.write(sink, 20);
            sink.flush();

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(pause);
            traffic.assertComplete(redis);
        }
    }

    @Test
    void survivesAFullMemory() throws Exception {
        Traffic traffic = new Traffic(5, 50);
        try (RedisServer server = runtime.start(RedisOptions.defaults());
                WriterHarness sink = new WriterHarness(connectionTo(server.uri()));
                RespClient redis = server.connect()) {
            traffic.write(sink, 10);
            sink.flush();
            redis.command("CONFIG", "SET", "maxmemory", "1mb");
            traffic.write(sink, 10);

            try (Later lifted =
                    Later.in(
                            Duration.ofMillis(500),
                            () -> redis.command("CONFIG", "SET", "maxmemory", "0"))) {
                sink.flush();
                lifted.await();
            }

            traffic.assertComplete(redis);
        }
    }

    @Test
    void waitsForAReplicaThatHasToConfirm() throws Exception {
        Traffic traffic = new Traffic(5, 50);
        try (RedisServer primary = runtime.start(RedisOptions.defaults());
                WriterHarness sink =
                        new WriterHarness(
                                RedisConnectionConfig.builder()
                                        .uri(primary.uri())
                                        .commandTimeout(Duration.ofSeconds(1))
                                        .minReplicas(1)
                                        .build())) {
            AtomicReference<RedisServer> replica = new AtomicReference<>();
            try (Later start =
                    Later.in(
                            Duration.ofMillis(1_500),
                            () ->
                                    replica.set(
                                            runtime.start(
                                                    RedisOptions.defaults()
                                                            .asReplicaOf(primary))))) {
                traffic.write(sink, 10);
                sink.flush();

                // Acknowledged means that the replica has it
                start.await();
                try (RedisServer confirmed = replica.get();
                        RespClient redis = confirmed.connect()) {
                    traffic.assertComplete(redis);
                }
            }
            assertThat(sink.count("retries")).isPositive();
            assertThat(sink.count("outages")).isEqualTo(1);
        }
    }

    @Test
    void survivesALostScriptCache() throws Exception {
        Traffic traffic = new Traffic(5, 50);
        try (RedisServer server = runtime.start(RedisOptions.defaults());
                WriterHarness sink = new WriterHarness(connectionTo(server.uri()));
                RespClient redis = server.connect()) {
            traffic.write(sink, 3);
            sink.flush();
            redis.command("SCRIPT", "FLUSH");
            traffic.write(sink, 3);
            sink.flush();

            traffic.assertComplete(redis);
        }
    }

    @Test
    void waitsForABusyServer() throws Exception {
        Traffic traffic = new Traffic(2, 50);
        try (RedisServer server =
                        runtime.start(RedisOptions.defaults().withConfig("lua-time-limit 50"));
                WriterHarness sink = new WriterHarness(connectionTo(server.uri()));
                RespClient redis = server.connect();
                RespClient other = server.connect()) {
            try (Later script =
                            Later.in(
                                    Duration.ZERO,
                                    () ->
                                            assertThat(busy(other))
                                                    .as("the script is killed")
                                                    .isTrue());
                    Later kill =
                            Later.in(
                                    Duration.ofMillis(700),
                                    () -> redis.command("SCRIPT", "KILL"))) {
                traffic.write(sink, 20);
                sink.flush();
                script.await();
                kill.await();
            }

            traffic.assertComplete(redis);
        }
    }

    private static boolean busy(RespClient redis) {
        try {
            redis.command("EVAL", "while true do end", "0");
            return false;
        } catch (io.massivepipeline.fixtures.redis.RespException killed) {
            return true;
        }
    }
}

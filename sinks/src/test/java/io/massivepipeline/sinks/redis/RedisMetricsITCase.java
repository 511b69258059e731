package io.massivepipeline.sinks.redis;

import io.massivepipeline.fixtures.redis.OnEveryRedis;
import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisRuntime;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RespClient;
import io.massivepipeline.fixtures.tcp.TcpProxy;
import io.massivepipeline.sinks.redis.testing.Later;
import io.massivepipeline.sinks.redis.testing.SharedRedis;
import io.massivepipeline.sinks.redis.testing.Traffic;
import io.massivepipeline.sinks.redis.testing.WriterHarness;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;

/** What the README says about metrics, under the names that it gives them. */
@OnEveryRedis
class RedisMetricsITCase {

    private final RedisRuntime runtime;

    RedisMetricsITCase(RedisRuntime runtime) {
        this.runtime = runtime;
    }

    private static StreamAppendBuilder late() {
        return StreamAppend.to("s", "v")
                .onPassed(PassedIds.APPEND_LATE)
                .lateField("late_of")
                .companion("late:");
    }

    @Test
    void countsWhatBecameOfEverything() throws Exception {
        RedisServer server = SharedRedis.server(runtime);
        try (RespClient redis = SharedRedis.empty(server);
                WriterHarness sink =
                        new WriterHarness(
                                RedisConnectionConfig.of(server.uri()),
                                builder ->
                                        // What is given at once leaves at once
                                        builder.setLinger(Duration.ofHours(1))
                                                .setMaxEntryBytes(100)
                                                .setOversizeHandler(large -> List.of()))) {
            sink.writeAll(
                    late().add(1, 0, "a").add(5, 0, "b").build(),
                    late().add(5, 0, "b").add(3, 0, "late").add(6, 0, "c".repeat(200)).build());
            redis.command("XTRIM", "s", "MAXLEN", "1");
            sink.writeAll(late().add(2, 0, "below").build());
            sink.writeAll(PutString.of("p", "{\"v\":2}").ifNewer("v", 2));
            sink.writeAll(PutString.of("p", "{\"v\":1}").ifNewer("v", 1));

            assertThat(sink.count("entriesAppended")).isEqualTo(2);
            assertThat(sink.count("entriesDuplicate")).isEqualTo(1);
            assertThat(sink.count("entriesLate")).isEqualTo(1);
            assertThat(sink.count("entriesTrimmed")).isEqualTo(1);
            assertThat(sink.count("oversized")).isEqualTo(1);
            assertThat(sink.count("writesStale")).isEqualTo(1);
            assertThat(sink.count("batches")).isEqualTo(4);
            assertThat(sink.count("retries")).isZero();
            assertThat(sink.histogram("batchEntries").getStatistics().getMax()).isEqualTo(4);
            assertThat(sink.histogram("callLatencyMicros").getStatistics().getMax()).isPositive();
            assertThat(sink.gauge("bufferedEntries")).isZero();
            assertThat(sink.gauge("bufferedBytes")).isZero();
        }
    }

    @Test
    void countsAnOutageOnceHoweverManyAttemptsItTakes() throws Exception {
        Traffic traffic = new Traffic(3, 10);
        try (RedisServer server = runtime.start(RedisOptions.defaults());
                TcpProxy network = TcpProxy.to(server.host(), server.port());
                WriterHarness sink =
                        new WriterHarness(
                                RedisConnectionConfig.of("redis://127.0.0.1:" + network.port()));
                RespClient redis = server.connect()) {
            traffic.write(sink, 1);
            sink.flush();

            network.refuse();
            network.cut();
            traffic.write(sink, 1);
            try (var later = Later.in(Duration.ofMillis(500), network::accept)) {
                sink.flush();
                later.await();
            }

            traffic.assertComplete(redis);
            assertThat(sink.count("outages")).isEqualTo(1);
            assertThat(sink.count("retries")).isGreaterThan(2);
            assertThat(sink.count("entriesAppended")).isEqualTo(60);
        }
    }

    @Test
    void pushesBackBeforeItHoldsMoreThanItMay() throws Exception {
        assertBounded(builder -> builder.setMaxBufferedEntries(500), "bufferedEntries", 500 + 50);
        assertBounded(builder -> builder.setMaxBufferedBytes(9_000), "bufferedBytes", 9_000 + 800);
    }

    /**
     * @param most what the gauge may say: the bound, and what came on top of it at once
     */
    private void assertBounded(
            UnaryOperator<RedisSinkBuilder<RedisWrite>> bound, String gauge, long most)
            throws Exception {
        Traffic traffic = new Traffic(5, 50);
        try (RedisServer server = runtime.start(RedisOptions.defaults());
                WriterHarness sink =
                        new WriterHarness(
                                RedisConnectionConfig.of(server.uri()),
                                builder -> bound.apply(builder.setMaxBatchSize(100)));
                RespClient redis = server.connect()) {
            long highest = 0;

            // While nothing is taken, more is written than may be held
            redis.command("CLIENT", "PAUSE", "700");
            for (int round = 0; round < 10; round++) {
                for (StreamAppend append : traffic.next()) {
                    sink.write(append);
                    highest = Math.max(highest, sink.gauge(gauge));
                }
            }
            sink.flush();

            assertThat(highest).isBetween(most / 2, most);
            traffic.assertComplete(redis);
        }
    }
}

package io.massivepipeline.job.output;

import io.massivepipeline.fixtures.redis.OnEveryRedis;
import io.massivepipeline.fixtures.redis.RedisCluster;
import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisRuntime;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RespClient;
import io.massivepipeline.sinks.redis.RedisConnectionConfig;

import org.apache.flink.api.common.functions.DefaultOpenContext;
import org.apache.flink.streaming.api.functions.async.CollectionSupplier;
import org.apache.flink.streaming.api.functions.async.ResultFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Entries of the index against the keys that stand in a real Redis. */
@OnEveryRedis
class FindGoneSnapshotsITCase {

    private static final String INDEX = "massive:ws:snapshot:index";
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final RedisRuntime runtime;
    private final SetClock clock = new SetClock();
    private RedisServer redis;
    private FindGoneSnapshots find;

    FindGoneSnapshotsITCase(RedisRuntime runtime) {
        this.runtime = runtime;
    }

    @BeforeEach
    void start() {
        redis = runtime.start(RedisOptions.defaults());
        find = opened(RedisConnectionConfig.of(redis.uri()));
    }

    @AfterEach
    void stop() throws Exception {
        find.close();
        redis.close();
    }

    @Test
    void findsWhatHasExpiredAndNothingElse() throws Exception {
        try (RespClient client = redis.connect()) {
            // Given more entries than are asked for at once, of which every third has its key
            for (int i = 0; i < 1200; i++) {
                String stream = "R%d:20251223".formatted(i);
                client.command("HSET", INDEX, stream, i + " 7 1");
                if (i % 3 == 0) {
                    client.command("SET", "massive:ws:snapshot:" + stream, "{}");
                }
            }

            // When it looks
            Collection<IndexEntry> gone = ask();

            // Then
            assertThat(gone)
                    .hasSize(800)
                    .contains(new IndexEntry("R1:20251223", "1 7 1"))
                    .noneMatch(entry -> Integer.parseInt(entry.value().split(" ")[0]) % 3 == 0);
        }
    }

    @Test
    void looksAtOnceAndThenNowAndThen() throws Exception {
        try (RespClient client = redis.connect()) {
            assertThat(ask()).isEmpty();
            client.command("HSET", INDEX, "SPX:20251223", "7 8 9");

            clock.now += INTERVAL.toMillis() - 1;
            assertThat(ask()).isEmpty();
            clock.now += 1;
            assertThat(ask()).containsExactly(new IndexEntry("SPX:20251223", "7 8 9"));

            // And a clock that is set back does not end it
            clock.now -= Duration.ofDays(1).toMillis();
            assertThat(ask()).hasSize(1);
        }
    }

    @Test
    void toFindOutNothingIsNoFailure() throws Exception {
        redis.kill();
        assertThat(ask()).isEmpty();

        redis.restart();
        try (RespClient client = redis.connect()) {
            client.command("HSET", INDEX, "SPX:20251223", "7 8 9");
        }
        clock.now += INTERVAL.toMillis();
        assertThat(ask()).hasSize(1);
    }

    @Test
    void findsItOnAClusterToo() throws Exception {
        try (RedisCluster cluster = RedisCluster.start(runtime)) {
            for (int i = 0; i < 20; i++) {
                String stream = "R%d:20251223".formatted(i);
                try (RespClient client = cluster.ownerOf(INDEX).connect()) {
                    client.command("HSET", INDEX, stream, "7 8 9");
                }
                String key = "massive:ws:snapshot:" + stream;
                try (RespClient client = cluster.ownerOf(key).connect()) {
                    if (i >= 5) {
                        client.command("SET", key, "{}");
                    }
                }
            }
            FindGoneSnapshots onCluster =
                    opened(RedisConnectionConfig.builder().uris(cluster.uris()).build());
            try {
                assertThat(ask(onCluster))
                        .extracting(IndexEntry::stream)
                        .containsExactlyInAnyOrder(
                                "R0:20251223",
                                "R1:20251223",
                                "R2:20251223",
                                "R3:20251223",
                                "R4:20251223");
            } finally {
                onCluster.close();
            }
        }
    }

    private FindGoneSnapshots opened(RedisConnectionConfig config) {
        FindGoneSnapshots function = new FindGoneSnapshots(config, INTERVAL, clock);
        function.open(DefaultOpenContext.INSTANCE);
        return function;
    }

    private Collection<IndexEntry> ask() throws Exception {
        return ask(find);
    }

    private static Collection<IndexEntry> ask(FindGoneSnapshots function) throws Exception {
        Found found = new Found();
        function.asyncInvoke(null, found);
        return found.entries.get(30, TimeUnit.SECONDS);
    }

    /** What the operator would hand on. */
    private static final class Found implements ResultFuture<IndexEntry> {

        private final CompletableFuture<Collection<IndexEntry>> entries = new CompletableFuture<>();

        @Override
        public void complete(Collection<IndexEntry> result) {
            entries.complete(result);
        }

        @Override
        public void completeExceptionally(Throwable error) {
            entries.completeExceptionally(error);
        }

        @Override
        public void complete(CollectionSupplier<IndexEntry> supplier) {
            throw new IllegalStateException("Nothing is to be computed in the task's thread.");
        }
    }

    /** Shows what it was set to. */
    private static final class SetClock extends Clock {

        private volatile long now = 1_766_437_799_000L;

        @Override
        public long millis() {
            return now;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}

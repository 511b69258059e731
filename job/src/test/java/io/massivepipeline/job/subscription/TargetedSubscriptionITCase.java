package io.massivepipeline.job.subscription;

import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;
import io.massivepipeline.fixtures.redis.RespClient;
import io.massivepipeline.fixtures.tcp.TcpProxy;
import io.massivepipeline.sinks.redis.RedisConnectionConfig;
import io.massivepipeline.sources.live.SubscriptionFeed;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class TargetedSubscriptionITCase {

    /** Well below the 30 s after which it looks anyhow. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2025-12-22T20:00:00Z"), ZoneOffset.UTC);

    private final AtomicReference<Set<String>> wanted = new AtomicReference<>(Set.of());

    private RedisServer server;
    private RespClient redis;
    private SubscriptionFeed feed;

    @BeforeEach
    void start() throws Exception {
        server = RedisServers.embedded(RedisOptions.defaults());
        redis = server.connect();
    }

    @AfterEach
    void stop() throws Exception {
        if (feed != null) {
            feed.close();
        }
        redis.close();
        server.close();
    }

    private void follow(String uri, int maxChannels) throws Exception {
        feed =
                TargetedSubscription.of(
                                RedisConnectionConfig.of(uri), Set.of("SPX"), maxChannels, CLOCK)
                        .create();
        feed.start(wanted::set);
    }

    private void select(String stream, String channels) throws Exception {
        String key = "massive:ws:params:" + stream;
        redis.command("SET", key, channels);
        redis.command("HSET", "massive:ws:params:index", stream, "20251222");
        redis.command("PUBLISH", "massive:ws:params:updated", key);
    }

    private void awaitChannels(String... channels) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(wanted.get()).containsExactlyInAnyOrder(channels));
    }

    @Test
    void startsWithWhatStandsAndFollowsWhatChanges() throws Exception {
        select("SPX:20251223", "T.O:SPXW251223C06880000,T.O:SPXW251223P06880000");
        select("NDX:20251223", "T.O:NDXP251223C25460000");

        follow(server.uri(), 100);
        awaitChannels("T.O:SPXW251223C06880000", "T.O:SPXW251223P06880000");

        select("SPX:20251224", "T.O:SPXW251224C06880000");
        awaitChannels(
                "T.O:SPXW251223C06880000", "T.O:SPXW251223P06880000", "T.O:SPXW251224C06880000");

        select("SPX:20251223", "T.O:SPXW251223C06885000");
        awaitChannels(
                "T.O:SPXW251223C06880000",
                "T.O:SPXW251223C06885000",
                "T.O:SPXW251223P06880000",
                "T.O:SPXW251224C06880000");
    }

    @Test
    void nothingIsWantedUntilSomethingIsSelected() throws Exception {
        follow(server.uri(), 100);
        redis.command(
                "HSET", "massive:ws:params:index", "nonsense", "x", "SPX:20251223", "20251222");
        select("SPX:20251226", "T.O:SPXW251226C06880000,nonsense,T.O:nonsense");

        awaitChannels("T.O:SPXW251226C06880000");
    }

    @Test
    void keepsWhatFits() throws Exception {
        select(
                "SPX:20251223",
                "T.O:SPXW251223C06875000,T.O:SPXW251223C06880000,T.O:SPXW251223C06885000");

        follow(server.uri(), 1);

        awaitChannels("T.O:SPXW251223C06880000");
    }

    @Test
    void waitsForARedisThatIsAwayAndHearsWhatItMissed() throws Exception {
        try (TcpProxy proxy = TcpProxy.to(server.host(), server.port())) {
            select("SPX:20251223", "T.O:SPXW251223C06880000");
            follow("redis://127.0.0.1:" + proxy.port(), 100);
            awaitChannels("T.O:SPXW251223C06880000");

            // When Redis is away while something is selected
            proxy.refuse();
            proxy.cut();
            select("SPX:20251223", "T.O:SPXW251223C06885000");
            assertThat(wanted.get()).containsExactly("T.O:SPXW251223C06880000");
            proxy.accept();

            // Then it is found as soon as Redis is back
            awaitChannels("T.O:SPXW251223C06880000", "T.O:SPXW251223C06885000");
        }
    }

    @Test
    void mayStartBeforeRedisIsThere() throws Exception {
        try (TcpProxy proxy = TcpProxy.to(server.host(), server.port())) {
            proxy.refuse();
            follow("redis://127.0.0.1:" + proxy.port(), 100);
            select("SPX:20251223", "T.O:SPXW251223C06880000");

            proxy.accept();

            awaitChannels("T.O:SPXW251223C06880000");
        }
    }
}

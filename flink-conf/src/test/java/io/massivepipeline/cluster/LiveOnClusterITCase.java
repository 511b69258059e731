package io.massivepipeline.cluster;

import io.massivepipeline.fixtures.market.ListedMarket;
import io.massivepipeline.fixtures.market.Market;
import io.massivepipeline.fixtures.provider.MarketDriver;
import io.massivepipeline.fixtures.provider.ProviderLog;
import io.massivepipeline.fixtures.provider.ProviderLog.Delivery;
import io.massivepipeline.fixtures.provider.ProviderOptions;
import io.massivepipeline.fixtures.provider.StandInProvider;
import io.massivepipeline.fixtures.provider.rest.RestOptions;
import io.massivepipeline.fixtures.provider.rest.StandInRest;
import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;
import io.massivepipeline.job.LiveFeedTape;
import io.massivepipeline.job.oracle.RedisContent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The jar live on a cluster of real processes, against the stand-in provider: TaskManagers killed,
 * connections lost, Redis killed and started again, a savepoint and another parallelism. What was
 * delivered is in Redis once; what was on its way to a process that died is within a gap.
 */
@Timeout(400)
class LiveOnClusterITCase {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String KEY = "k-51c09e";
    private static final double TRADES_PER_SECOND = 2_000;
    private static final int KILLS = 3;

    /** How long a frame may have lain in buffers when the last one before it was read. */
    private static final long UNREAD_MS = 1_000;

    @TempDir Path folder;

    private RedisServer redis;
    private StandInProvider provider;
    private StandInRest rest;
    private LocalCluster cluster;

    @BeforeEach
    void start() throws Exception {
        redis = RedisServers.embedded(RedisOptions.defaults().withAppendOnly());
        provider = StandInProvider.start(ProviderOptions.withKey(KEY));
        rest = StandInRest.start(RestOptions.of(KEY, ListedMarket.of(Market.seeded(13))));
        cluster = LocalCluster.start("LiveOnClusterITCase", Map.of("MASSIVE_API_KEY", KEY));
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
        provider.close();
        rest.close();
        redis.close();
    }

    @Test
    void whatWasDeliveredIsThereOnceWhateverHappensToProcesses() throws Exception {
        // Given a live run
        MarketDriver market = LiveFeedTape.play(provider, 13, TRADES_PER_SECOND);
        String job = cluster.submit(live());
        awaitMoreTrades(0);

        // When TaskManagers are killed with the connections that they hold
        for (int kill = 0; kill < KILLS; kill++) {
            int completed = cluster.completedCheckpoints(job);
            await().atMost(SOON).until(() -> cluster.completedCheckpoints(job) > completed);
            int connections = provider.log().connections();
            cluster.killTaskManager();
            awaitMoreTrades(connections);
        }

        // And the provider ends a connection, and Redis is killed and comes back with its data
        int connections = provider.log().connections();
        provider.endConnections();
        awaitMoreTrades(connections);
        redis.kill();
        await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
        redis.restart();

        // And the job goes on from a savepoint with another parallelism
        connections = provider.log().connections();
        cluster.stopWithSavepoint();
        String resumed = cluster.resume("--parallelism.default=3");
        awaitMoreTrades(connections);
        market.close();
        cluster.stopWithSavepoint();
        assertThat(cluster.state(resumed)).isEqualTo("FINISHED");

        // Then each trade that was delivered is in Redis once
        RedisContent content = new RedisContent(redis);
        List<Long> written = LiveFeedTape.numbersIn(content);
        Set<Long> distinct = new HashSet<>(written);
        assertThat(written).hasSize(distinct.size());
        List<Long> delivered = LiveFeedTape.numbersIn(provider.log().dataFrames());
        assertThat(LiveFeedTape.missing(distinct, delivered)).isEmpty();

        // But for those on their way to a process that died, each within a gap
        List<Delivery> missing =
                provider.log().deliveries().stream()
                        .filter(Delivery::data)
                        .filter(frame -> !distinct.containsAll(numbersOf(frame)))
                        .toList();
        assertThat(missing.stream().map(Delivery::connection).distinct().count())
                .isLessThanOrEqualTo(KILLS);
        List<Map<String, String>> gaps =
                content.stream("massive:ws:gaps").stream().map(entry -> entry.getBody()).toList();
        assertThat(missing)
                .allSatisfy(frame -> assertThat(gaps).anyMatch(gap -> isWithin(frame.atMs(), gap)));

        // And each interval without the feed is a gap: three kills, a lost connection, a restart;
        // more if an attempt to come back is made before the dead process is noticed
        assertThat(gaps).hasSizeGreaterThanOrEqualTo(KILLS + 2);
    }

    private static List<Long> numbersOf(Delivery frame) {
        return LiveFeedTape.numbersIn(List.of(frame.text()));
    }

    private static boolean isWithin(long at, Map<String, String> gap) {
        return Long.parseLong(gap.get("from")) - UNREAD_MS <= at
                && at <= Long.parseLong(gap.get("to"));
    }

    /** Waits until a later connection than that has delivered and the last of it is in Redis. */
    private void awaitMoreTrades(int connection) {
        ProviderLog log = provider.log();
        await().atMost(SOON)
                .until(() -> log.connections() > connection && provider.channels().contains("T.*"));
        long enough = log.events() + 2_000;
        await().atMost(SOON).until(() -> log.events() > enough);
        try (StreamLengths streams = new StreamLengths(redis)) {
            long before = streams.sum();
            await().atMost(SOON).until(() -> streams.sum() > before);
        }
    }

    private List<String> live() {
        return List.of(
                "--source=live",
                "--ws.url=" + provider.uri(),
                "--rest.url=" + rest.uri(),
                "--underlyings=",
                "--spot.symbols=",
                "--snapshot.underlyings=SPX,NDX",
                "--ws.reconnect-delay=200 ms",
                "--ws.reconnect-delay-max=400 ms",
                "--journal.dir=" + folder.resolve("journal"),
                "--redis.uri=" + redis.uri(),
                "--trades.max-length=1000000",
                "--parallelism.default=2");
    }
}

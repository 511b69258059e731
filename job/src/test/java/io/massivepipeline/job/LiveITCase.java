package io.massivepipeline.job;

import io.massivepipeline.fixtures.market.ListedMarket;
import io.massivepipeline.fixtures.market.Market;
import io.massivepipeline.fixtures.provider.MarketDriver;
import io.massivepipeline.fixtures.provider.ProviderEvent;
import io.massivepipeline.fixtures.provider.ProviderLog;
import io.massivepipeline.fixtures.provider.ProviderOptions;
import io.massivepipeline.fixtures.provider.StandInProvider;
import io.massivepipeline.fixtures.provider.rest.RestOptions;
import io.massivepipeline.fixtures.provider.rest.StandInRest;
import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;
import io.massivepipeline.job.oracle.FeedOracle;
import io.massivepipeline.job.oracle.RedisContent;

import org.apache.flink.api.common.JobID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The whole job on the stand-in provider, a real Flink cluster and a real Redis. */
@Timeout(180)
class LiveITCase {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String KEY = "k-4b1d";

    @TempDir Path folder;

    private RedisServer redis;
    private ReplayCluster cluster;
    private StandInProvider provider;
    private StandInRest rest;

    @BeforeEach
    void start() throws Exception {
        redis = RedisServers.embedded(RedisOptions.defaults());
        cluster = new ReplayCluster(folder.resolve("checkpoints"));
        provider = StandInProvider.start(ProviderOptions.withKey(KEY));
        rest = StandInRest.start(RestOptions.of(KEY, ListedMarket.of(Market.seeded(5))));
    }

    @AfterEach
    void stop() throws Exception {
        provider.close();
        rest.close();
        cluster.close();
        redis.close();
    }

    @Test
    void writesEachDeliveredTradeOnceThroughDropsAndAFailover() throws Exception {
        // Given a live run that is captured
        Path capture = folder.resolve("capture.txt");
        JobID job = cluster.submit(live(capture));
        ProviderLog log = provider.log();
        MarketDriver market = LiveFeedTape.play(provider, 5, 2_000);

        // When connections end in the middle of a burst, the provider counts too many of them, and
        // a TaskManager is killed
        for (int fault = 0; fault < 7; fault++) {
            awaitMoreTrades(log);
            switch (fault) {
                case 2 -> cluster.killTaskManager(job);
                case 4 -> provider.kickConnections();
                default -> provider.endConnections();
            }
        }
        awaitMoreTrades(log);
        market.close();

        // Then everything that was delivered is in the capture, and once in Redis
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(LiveFeedTape.framesIn(capture))
                                        .isEqualTo(log.dataFrames()));
        RedisContent content = new RedisContent(redis);
        await().atMost(SOON)
                .untilAsserted(
                        () -> {
                            FeedOracle expected = FeedOracle.of(capture, 100);
                            content.hasTotalsOf(expected);
                            content.hasStreamsOf(expected);
                        });
        assertThat(LiveFeedTape.numbersIn(content).stream().sorted().toList())
                .isEqualTo(LiveFeedTape.numbersIn(log.dataFrames()).stream().sorted().toList());

        // And each interval without the feed is a gap
        Map<String, String> totals = content.hash("massive:ws:analytics");
        assertThat(totals)
                .containsEntry("gaps", "7")
                .containsEntry("connected", "1")
                .containsEntry("subscriptions_current", "1")
                .containsKeys("reconnects", "gap_ms", "journal_frames", "journal_bytes");
        assertThat(content.stream("massive:ws:gaps"))
                .hasSize(7)
                .allSatisfy(
                        gap -> {
                            assertThat(gap.getId()).isEqualTo(gap.getBody().get("to") + "-0");
                            assertThat(Long.parseLong(gap.getBody().get("from")))
                                    .isLessThanOrEqualTo(Long.parseLong(gap.getBody().get("to")));
                            assertThat(gap.getBody().get("reason")).isNotBlank();
                        });
        cluster.stopWithSavepoint(job);

        // And a replay of the capture writes the same into another Redis
        replaysTheSame(capture, capture, content);
    }

    @Test
    void theFolderOfTheJournalReplaysTheSame() throws Exception {
        // Given a live run of which no checkpoint covers anything, so that its journal is whole
        Path capture = folder.resolve("capture.txt");
        Map<String, String> options = live(capture);
        options.put("execution.checkpointing.interval", "1 h");
        JobID job = cluster.submit(options);
        ProviderLog log = provider.log();
        MarketDriver market = LiveFeedTape.play(provider, 9, 2_000);
        awaitMoreTrades(log);
        provider.endConnections();
        awaitMoreTrades(log);
        // A trade of two seconds ago, and one more in time, without which it would stay in its
        // buffer until the next
        market.close();
        provider.publish(List.of(trade(2_000_000_001L, System.currentTimeMillis() - 2_000)));
        provider.publish(List.of(trade(2_000_000_002L, System.currentTimeMillis())));
        RedisContent content = new RedisContent(redis);
        await().atMost(SOON)
                .untilAsserted(
                        () -> {
                            FeedOracle expected = FeedOracle.of(capture, 100);
                            assertThat(LiveFeedTape.framesIn(capture)).isEqualTo(log.dataFrames());
                            content.hasTotalsOf(expected);
                            content.hasStreamsOf(expected);
                        });
        assertThat(content.hash("massive:ws:analytics").get("late")).isNotEqualTo("0");
        cluster.cancel(job);

        // When the folder is the feed of a replay, then it writes the same into another Redis
        replaysTheSame(folder.resolve("journal"), capture, content);
    }

    private static ProviderEvent trade(long number, long timeMs) {
        String symbol = "O:SPXW261223P06870000";
        return new ProviderEvent(
                "T",
                symbol,
                "{\"ev\":\"T\",\"sym\":\"%s\",\"x\":302,\"p\":5.5,\"s\":1,\"c\":[209],\"t\":%d,\"q\":%d}"
                        .formatted(symbol, timeMs, number));
    }

    private void replaysTheSame(Path feed, Path capture, RedisContent content) throws Exception {
        try (RedisServer other = RedisServers.embedded(RedisOptions.defaults())) {
            Map<String, String> options = new HashMap<>();
            options.put("feed", feed.toString());
            options.put("redis.uri", other.uri());
            cluster.await(cluster.submit(options));

            RedisContent replayed = new RedisContent(other);
            assertThat(replayed.streams()).isEqualTo(content.streams());
            FeedOracle expected = FeedOracle.of(capture, 100);
            replayed.hasStreamsOf(expected);
            replayed.hasTotalsOf(expected);
            assertThat(replayed.hash("massive:ws:analytics"))
                    .doesNotContainKeys("gaps", "connected", "journal_frames");
        }
    }

    private void awaitMoreTrades(ProviderLog log) {
        await().atMost(SOON).until(() -> provider.channels().contains("T.*"));
        long enough = log.events() + 1_500;
        await().atMost(SOON).until(() -> log.events() > enough);
    }

    private Map<String, String> live(Path capture) throws Exception {
        Map<String, String> options = new HashMap<>();
        options.put("source", "live");
        options.put("ws.url", provider.uri());
        options.put("rest.url", rest.uri());
        // Without polls: this is about the feed.
        options.put("underlyings", "");
        options.put("spot.symbols", "");
        options.put("snapshot.underlyings", "SPX,NDX");
        options.put("ws.reconnect-delay", "200 ms");
        options.put("ws.reconnect-delay-max", "400 ms");
        options.put("ws.max-connections-delay", "300 ms");
        options.put("journal.dir", folder.resolve("journal").toString());
        options.put("capture", capture.toString());
        options.put(
                "massive.api-key-file", Files.writeString(folder.resolve("key"), KEY).toString());
        options.put("redis.uri", redis.uri());
        options.put("parallelism.default", "2");
        return options;
    }
}

package io.massivepipeline.job;

import io.massivepipeline.fixtures.market.ListedMarket;
import io.massivepipeline.fixtures.market.Market;
import io.massivepipeline.fixtures.market.StrikeLadder;
import io.massivepipeline.fixtures.provider.ProviderOptions;
import io.massivepipeline.fixtures.provider.StandInProvider;
import io.massivepipeline.fixtures.provider.rest.Endpoint;
import io.massivepipeline.fixtures.provider.rest.RestFault;
import io.massivepipeline.fixtures.provider.rest.RestLog;
import io.massivepipeline.fixtures.provider.rest.RestOptions;
import io.massivepipeline.fixtures.provider.rest.StandInRest;
import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;
import io.massivepipeline.job.oracle.ContextContent;
import io.massivepipeline.job.oracle.MarketOracle;

import org.apache.flink.api.common.JobID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What can go wrong with context, through the whole job: whatever it was, context is fresh again,
 * and nobody who looked on ever saw half a chain.
 */
@Timeout(300)
class ContextFaultsITCase {

    private static final Duration SOON = Duration.ofSeconds(90);

    /** A Tuesday, 10:00 in New York. */
    private static final Instant START = Instant.parse("2026-01-13T15:00:00Z");

    /** Polls come faster than what is kept for so many of them expires by the wall clock. */
    private static final double SPEED = 4;

    private static final String KEY = "k-4b1d";
    private static final double VIX = 14.1;

    /** So that a chain of SPX has several pages. */
    private static final double MULTIPLIER = 8;

    private static final int EXPIRATIONS = 2;

    @TempDir Path folder;

    private final MarketTime time = MarketTime.running(START, SPEED);
    private final ListedMarket market = ListedMarket.of(Market.seeded(11));

    private RedisServer redis;
    private ReplayCluster cluster;
    private StandInProvider provider;
    private StandInRest rest;
    private ContextContent context;
    private JobID job;
    private ContextWatch watch;

    @BeforeEach
    void start() throws Exception {
        market.script()
                .price("SPX", 6878.49)
                .price("SPY", 686.5)
                .price("VIX", VIX)
                .ladder("SPX", new StrikeLadder(5_000, 0.5, 5_000, 0.2));
        redis = RedisServers.embedded(RedisOptions.defaults());
        cluster = new ReplayCluster(folder.resolve("checkpoints"), time);
        provider = StandInProvider.start(ProviderOptions.withKey(KEY).withClock(time::instant));
        rest = StandInRest.start(RestOptions.of(KEY, market).withClock(time::instant));
        context = new ContextContent(redis);
        job = cluster.submit(options());
        awaitFresh(any -> true);
        watch = new ContextWatch(redis, new MarketOracle(market, MULTIPLIER, EXPIRATIONS), VIX);
    }

    @AfterEach
    void stop() throws Exception {
        watch.close();
        context.close();
        cluster.close();
        rest.close();
        provider.close();
        redis.close();
    }

    private Map<String, String> options() throws IOException {
        Map<String, String> options = new HashMap<>();
        options.put("source", "live");
        options.put("ws.url", provider.uri());
        options.put("rest.url", rest.uri());
        options.put("underlyings", "SPX,SPY");
        options.put("spot.symbols", "I:SPX,I:VIX,SPY,QQQ");
        options.put("chain.interval", "4 s");
        options.put("chain.expirations", Integer.toString(EXPIRATIONS));
        options.put("chain.range-multiplier", Double.toString(MULTIPLIER));
        options.put("journal.dir", folder.resolve("journal").toString());
        options.put(
                "massive.api-key-file", Files.writeString(folder.resolve("key"), KEY).toString());
        options.put("redis.uri", redis.uri());
        options.put("parallelism.default", "2");
        return options;
    }

    /** When each expiry of the newest trade date was selected. */
    private Map<String, Long> selectedAt() throws IOException {
        Map<String, String> index = context.hash("massive:ws:params:index");
        String today = index.values().stream().max(String::compareTo).orElse("");
        Map<String, Long> selectedAt = new TreeMap<>();
        for (Map.Entry<String, String> entry : index.entrySet()) {
            if (entry.getValue().equals(today)) {
                selectedAt.put(
                        entry.getKey(), context.snapshot(entry.getKey()).get("ts_ms").longValue());
            }
        }
        return selectedAt;
    }

    /** Waits until all chains of some streams were selected anew. */
    private void awaitFresh(Predicate<String> streams) throws IOException {
        Map<String, Long> before = selectedAt();
        await().atMost(SOON)
                .until(
                        () -> {
                            Map<String, Long> now = selectedAt();
                            now.keySet().removeIf(stream -> !streams.test(stream));
                            return !now.isEmpty()
                                    && now.keySet().stream()
                                            .allMatch(it -> isNewer(it, now, before));
                        });
    }

    private static boolean isNewer(String stream, Map<String, Long> now, Map<String, Long> before) {
        return now.get(stream) > before.getOrDefault(stream, 0L);
    }

    private void assertNeverHalf() {
        assertThat(watch.wrong()).isNull();
        assertThat(watch.seen()).isGreaterThan(4);
    }

    private long statistic(String kind, String name) {
        return Long.parseLong(
                context.hash("massive:" + kind + ":analytics").getOrDefault(name, "0"));
    }

    private List<RestLog.Entry> pages(int page) {
        return rest.log().requests(Endpoint.CHAIN).stream()
                .filter(request -> request.page() == page)
                .toList();
    }

    @Test
    void pagesThatAreLostInTheMiddle() throws Exception {
        // Given chains of three pages and more
        assertThat(pages(3)).isNotEmpty().allMatch(request -> request.status() == 200);
        List<RestFault> faults =
                List.of(
                        RestFault.internalError(),
                        RestFault.tooManyRequests(),
                        RestFault.halfTheJson(),
                        RestFault.connectionCut(),
                        RestFault.notFound(),
                        RestFault.noResults(),
                        RestFault.withoutFields("next_url"),
                        RestFault.nextPageIsTheSame());
        for (RestFault fault : faults) {
            // When the second page fails as often as a request is tried, and once more
            long errors = statistic("chain", "errors");
            int asked = pages(2).size();
            rest.faults().next(Endpoint.CHAIN, 5, fault.onPage(2));
            await().atMost(SOON)
                    .until(() -> pages(2).size() > asked && statistic("chain", "errors") > errors);
            rest.faults().clear();

            // Then the chain was dropped, and the next one comes whole
            awaitFresh(any -> true);
        }
        assertThat(pages(2)).anyMatch(request -> request.status() == 500);
        assertNeverHalf();
    }

    @Test
    void answersThatComeTooLateOrNotAtAll() throws Exception {
        // Given prices that take longer than anyone waits, and a page that stops half-way
        rest.faults()
                .next(Endpoint.SNAPSHOT, 1, RestFault.late(Duration.ofSeconds(12)).of("QQQ"))
                .next(Endpoint.CHAIN, 1, RestFault.stalling(Duration.ofSeconds(12)).onPage(2));

        // Then nobody waits longer, and asks again
        await().atMost(SOON)
                .until(
                        () ->
                                statistic("spot", "latency_p99_ms") >= 5_000 * SPEED
                                        && statistic("chain", "latency_p99_ms") >= 10_000 * SPEED);
        awaitFresh(any -> true);

        // When there are too many requests for a while
        rest.faults().limit(1, Duration.ofSeconds(3));
        await().atMost(SOON)
                .until(
                        () ->
                                statistic("spot", "rate_limited") > 0
                                        && statistic("chain", "rate_limited") > 0);
        rest.faults().clear();

        // Then context is fresh again, too
        awaitFresh(any -> true);
        assertNeverHalf();
    }

    @Test
    void aPlanWithoutIndices() throws Exception {
        // Given a plan that turns out to have no prices of indices: it says so of each ticker
        rest.faults().lackEntitlement("I:SPX").lackEntitlement("I:VIX");
        assertUnchanged("SPX", "SPY");

        // When it has them again, and an hour has passed
        rest.faults().grantEntitlement("I:SPX").grantEntitlement("I:VIX");
        time.pass(Duration.ofHours(1));
        awaitFresh(any -> true);

        // And when all that asks for an index is refused as a whole
        rest.faults()
                .always(Endpoint.SNAPSHOT, RestFault.notEntitled().of("I:SPX"))
                .always(Endpoint.SNAPSHOT, RestFault.notEntitled().of("I:VIX"))
                .always(Endpoint.CHAIN, RestFault.notEntitled().of("I:SPX"));
        assertUnchanged("SPX", "SPY");

        // Then it is the same
        rest.faults().clear();
        time.pass(Duration.ofHours(1));
        awaitFresh(any -> true);
        assertNeverHalf();
    }

    /** The chains of one underlying stay as they are while those of another are fresh. */
    private void assertUnchanged(String off, String on) throws IOException {
        awaitFresh(stream -> stream.startsWith(on));
        Map<String, Long> before = selectedAt();
        awaitFresh(stream -> stream.startsWith(on));
        assertThat(selectedAt())
                .allSatisfy(
                        (stream, at) ->
                                assertThat(at.equals(before.get(stream)))
                                        .as(stream)
                                        .isEqualTo(stream.startsWith(off)));
    }

    @Test
    void tickersThatAreNotTold() throws Exception {
        // Given answers that are good, but for errors about some tickers
        long errors = statistic("spot", "errors");
        market.script().withdraw("VIX");
        awaitFresh(any -> true);
        assertThat(statistic("spot", "errors")).isGreaterThan(errors);

        // And one about an underlying, whose chain is not told then either
        market.script().withdraw("SPX");
        assertUnchanged("SPX", "SPY");
        market.script().restore("VIX").restore("SPX");
        awaitFresh(any -> true);
        assertNeverHalf();
    }

    @Test
    void aClockThatIsSet() throws Exception {
        for (int minutes : new int[] {-10, 20}) {
            time.jump(Duration.ofMinutes(minutes));
            awaitFresh(any -> true);
            awaitFresh(any -> true);
        }

        // And over a night, after which another expiry is the first
        time.jump(Duration.ofDays(1));
        await().atMost(SOON).until(() -> selectedAt().containsKey("SPX:20260115"));
        awaitFresh(any -> true);
        assertThat(selectedAt()).doesNotContainKey("SPX:20260113");
        assertNeverHalf();
    }

    @Test
    void aFailoverWhilePagesAreLost() throws Exception {
        for (int i = 0; i < 2; i++) {
            long runs = statistic("chain", "runs");
            rest.faults().always(Endpoint.CHAIN, RestFault.connectionCut().onPage(2));
            int asked = pages(2).size();
            await().atMost(SOON).until(() -> pages(2).size() > asked);
            cluster.killTaskManager(job);
            rest.faults().clear();
            awaitFresh(any -> true);
            assertThat(statistic("chain", "runs")).isGreaterThanOrEqualTo(runs);
        }
        assertNeverHalf();
    }
}

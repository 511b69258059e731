package io.massivepipeline.job;

import io.massivepipeline.fixtures.market.ListedMarket;
import io.massivepipeline.fixtures.market.Market;
import io.massivepipeline.fixtures.market.StrikeLadder;
import io.massivepipeline.fixtures.provider.rest.Endpoint;
import io.massivepipeline.fixtures.provider.rest.RestFault;
import io.massivepipeline.fixtures.provider.rest.RestLog;
import io.massivepipeline.job.oracle.MarketOracle;

import org.apache.flink.api.common.JobID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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

    private static final double VIX = 14.1;

    /** So that a chain of SPX has several pages. */
    private static final double MULTIPLIER = 8;

    private static final int EXPIRATIONS = 2;

    @TempDir Path folder;

    private final MarketTime time = MarketTime.running(START, SPEED);
    private final ListedMarket market = ListedMarket.of(Market.seeded(11));

    private ContextRig rig;
    private JobID job;
    private ContextWatch watch;

    @BeforeEach
    void start() throws Exception {
        market.script()
                .price("SPX", 6878.49)
                .price("SPY", 686.5)
                .price("VIX", VIX)
                .ladder("SPX", new StrikeLadder(5_000, 0.5, 5_000, 0.2));
        rig = new ContextRig(folder, market, time);
        job = rig.cluster().submit(options());
        awaitFresh(any -> true);
        watch =
                new ContextWatch(
                        rig.redis(), new MarketOracle(market, MULTIPLIER, EXPIRATIONS), VIX);
    }

    @AfterEach
    void stop() throws Exception {
        watch.close();
        rig.close();
    }

    private Map<String, String> options() throws IOException {
        Map<String, String> options = rig.options("SPX,SPY", EXPIRATIONS);
        options.put("spot.symbols", "I:SPX,I:VIX,SPY,QQQ");
        options.put("chain.interval", "4 s");
        options.put("chain.range-multiplier", Double.toString(MULTIPLIER));
        return options;
    }

    /** When each expiry of the newest trade date was selected. */
    private Map<String, Long> selectedAt() throws IOException {
        Map<String, String> index = rig.context().hash("massive:ws:params:index");
        String today = index.values().stream().max(String::compareTo).orElse("");
        Map<String, Long> selectedAt = new TreeMap<>();
        for (Map.Entry<String, String> entry : index.entrySet()) {
            if (entry.getValue().equals(today)) {
                selectedAt.put(
                        entry.getKey(),
                        rig.context().snapshot(entry.getKey()).get("ts_ms").longValue());
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

    /** Each fault has struck as often as it was to, and is no more. */
    private void awaitStruck() {
        await().atMost(SOON).until(() -> rig.rest().faults().left() == 0);
    }

    private List<RestLog.Entry> pages(int page) {
        return rig.rest().log().requests(Endpoint.CHAIN).stream()
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
            long errors = rig.statistic("chain", "errors");
            rig.rest().faults().next(Endpoint.CHAIN, 5, fault.onPage(2));
            awaitStruck();
            await().atMost(SOON).until(() -> rig.statistic("chain", "errors") > errors);

            // Then the chain was dropped, and the next one comes whole
            awaitFresh(any -> true);
        }
        assertThat(pages(2)).anyMatch(request -> request.status() == 500);
        assertNeverHalf();
    }

    @Test
    void answersThatComeTooLateOrNotAtAll() throws Exception {
        // Given prices that take longer than anyone waits, and a page that stops half-way; twice,
        // since one in more than a hundred is not seen at the 99th percentile
        rig.rest()
                .faults()
                .next(Endpoint.SNAPSHOT, 2, RestFault.late(Duration.ofSeconds(12)).of("QQQ"))
                .next(Endpoint.CHAIN, 2, RestFault.stalling(Duration.ofSeconds(12)).onPage(2));

        // Then nobody waits longer, and asks again
        await().atMost(SOON)
                .until(
                        () ->
                                rig.statistic("spot", "latency_p99_ms") >= 5_000 * SPEED
                                        && rig.statistic("chain", "latency_p99_ms")
                                                >= 10_000 * SPEED);
        awaitStruck();
        awaitFresh(any -> true);

        // When there are too many requests for a while
        rig.rest().faults().limit(1, Duration.ofSeconds(3));
        await().atMost(SOON)
                .until(
                        () ->
                                rig.statistic("spot", "rate_limited") > 0
                                        && rig.statistic("chain", "rate_limited") > 0);
        rig.rest().faults().clear();

        // Then context is fresh again, too
        awaitFresh(any -> true);
        assertNeverHalf();
    }

    @Test
    void aPlanWithoutIndices() throws Exception {
        // Given a plan that turns out to have no prices of indices: it says so of each ticker
        rig.rest().faults().lackEntitlement("I:SPX").lackEntitlement("I:VIX");
        assertUnchanged("SPX", "SPY");

        // When it has them again, and an hour has passed
        rig.rest().faults().grantEntitlement("I:SPX").grantEntitlement("I:VIX");
        time.pass(Duration.ofHours(1));
        awaitFresh(any -> true);

        // And when all that asks for that index, VIX with it, is refused as a whole
        // The chain first: nobody asks for that of an index without a price.
        rig.rest().faults().always(Endpoint.CHAIN, RestFault.notEntitled().of("I:SPX"));
        awaitStruck();
        rig.rest().faults().always(Endpoint.SNAPSHOT, RestFault.notEntitled().of("I:SPX"));
        awaitStruck();
        assertUnchanged("SPX", "SPY");

        // Then it is the same
        rig.rest().faults().clear();
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
        long errors = rig.statistic("spot", "errors");
        market.script().withdraw("VIX");
        awaitFresh(any -> true);
        assertThat(rig.statistic("spot", "errors")).isGreaterThan(errors);

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
            long runs = rig.statistic("chain", "runs");
            rig.rest().faults().always(Endpoint.CHAIN, RestFault.connectionCut().onPage(2));
            awaitStruck();
            rig.cluster().killTaskManager(job);
            rig.rest().faults().clear();
            awaitFresh(any -> true);
            assertThat(rig.statistic("chain", "runs")).isGreaterThanOrEqualTo(runs);
        }
        assertNeverHalf();
    }
}

package io.massivepipeline.job;

import io.massivepipeline.fixtures.market.ListedMarket;
import io.massivepipeline.fixtures.market.Market;
import io.massivepipeline.fixtures.market.OptionContract;
import io.massivepipeline.fixtures.provider.rest.Endpoint;
import io.massivepipeline.fixtures.provider.rest.RestFault;
import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;
import io.massivepipeline.job.oracle.ContextContent;
import io.massivepipeline.sources.poll.PollTime;

import org.apache.flink.api.common.JobID;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The whole loop live: prices and chains are polled, contracts selected and written, and what
 * stands in Redis is subscribed to.
 */
@Timeout(240)
class TargetedITCase {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final double SPOT = 6878.49;
    private static final double VIX = 14.1;
    private static final int EXPIRIES = 2;

    @TempDir Path folder;

    private final ListedMarket market = ListedMarket.of(Market.seeded(11));

    private ContextRig rig;

    @BeforeEach
    void start() throws Exception {
        market.script().price("SPX", SPOT).price("VIX", VIX);
        rig = new ContextRig(folder, market, PollTime.system());
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    private Map<String, String> options() throws IOException {
        Map<String, String> options = rig.options("SPX", EXPIRIES);
        options.put("ws.reconnect-delay", "200 ms");
        options.put("ws.reconnect-delay-max", "400 ms");
        options.put("spot.symbols", "I:SPX,I:VIX");
        options.put("spot.interval", "500 ms");
        options.put("chain.interval", "2 s");
        options.put("subscription", "targeted");
        options.put("capture", folder.resolve("feed.txt").toString());
        options.put("capture-context", folder.resolve("context.txt").toString());
        return options;
    }

    /** What the market lists in the strike window around a price, now. */
    private Set<String> channelsAround(double spot) {
        long now = System.currentTimeMillis();
        Set<String> channels = new TreeSet<>();
        for (LocalDate expiry : market.expiries("SPX", now).subList(0, EXPIRIES)) {
            List<OptionContract> listed = market.contracts("SPX", expiry, now);
            long days =
                    expiry.toEpochDay() - LocalDate.now(ZoneId.of("America/New_York")).toEpochDay();
            double range = Math.rint(2.0 * spot * VIX / 100 * Math.sqrt(Math.max(1, days) / 252.0));
            double atm =
                    listed.stream()
                            .mapToDouble(contract -> contract.strike() / 1000.0)
                            .boxed()
                            .sorted()
                            .reduce(
                                    (one, other) ->
                                            Math.abs(other - spot) < Math.abs(one - spot)
                                                    ? other
                                                    : one)
                            .orElseThrow();
            listed.stream()
                    .filter(contract -> Math.abs(contract.strike() / 1000.0 - atm) <= range)
                    .forEach(contract -> channels.add("T." + contract.ticker()));
        }
        return channels;
    }

    private void awaitChannels(Set<String> expected) {
        await().atMost(SOON)
                .untilAsserted(
                        () -> {
                            assertThat(rig.context().channels()).isSubsetOf(expected);
                            assertThat(rig.provider().channels()).isEqualTo(expected);
                        });
    }

    @Test
    void subscribesToWhatIsSelectedAndFollowsTheMoney() throws Exception {
        // Given a job that has found out itself what to listen to
        JobID job = rig.cluster().submit(options());
        Set<String> first = channelsAround(SPOT);
        awaitChannels(first);
        assertThat(rig.context().channels()).isEqualTo(first);

        // When the money moves by four strikes
        double moved = SPOT + 20;
        long before = rig.rest().log().requests(Endpoint.SNAPSHOT).size();
        market.script().price("SPX", moved);
        await().atMost(SOON)
                .until(() -> rig.rest().log().requests(Endpoint.SNAPSHOT).size() > before);
        long polled = System.nanoTime();

        // Then what is new is subscribed to at once and without a reconnect, and the rest stays
        Set<String> second = channelsAround(moved);
        assertThat(second).isNotEqualTo(first);
        Set<String> union = new TreeSet<>(first);
        union.addAll(second);
        awaitChannels(union);
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - polled);
        assertThat(took).as("ms from the poll to the subscription").isLessThan(2_000);
        assertThat(rig.context().channels()).isEqualTo(second);
        assertThat(rig.provider().log().connections()).isOne();

        // And trades of these arrive, those of others do not
        String near = first.iterator().next().substring(2);
        String far = "O:SPXW" + near.substring(6, 12) + "C00200000";
        await().atMost(SOON)
                .untilAsserted(
                        () -> {
                            rig.publish(near);
                            rig.publish(far);
                            assertThat(tickersWritten()).containsExactly(near);
                        });

        // And what was captured on the way leads to the same in another Redis
        rig.cluster().stopWithSavepoint(job);
        Map<String, JsonNode> selections = rig.context().selections();
        try (RedisServer other = RedisServers.embedded(RedisOptions.defaults());
                ContextContent replayed = new ContextContent(other)) {
            rig.cluster()
                    .await(
                            rig.cluster()
                                    .submit(
                                            Map.of(
                                                    "feed", folder.resolve("feed.txt").toString(),
                                                    "context",
                                                            folder.resolve("context.txt")
                                                                    .toString(),
                                                    "underlyings", "SPX",
                                                    "chain.expirations", Integer.toString(EXPIRIES),
                                                    "redis.uri", other.uri())));
            assertThat(replayed.channels()).isEqualTo(rig.context().channels());
            assertThat(replayed.selections()).isEqualTo(selections);
            assertThat(replayed.trailOf("SPX")).isEqualTo(rig.context().trailOf("SPX"));
            assertThat(replayed.trailOf("VIX")).isEqualTo(rig.context().trailOf("VIX"));
        }
    }

    private Set<String> tickersWritten() {
        return rig.trades().stream()
                .map(trade -> trade.get("contract"))
                .collect(Collectors.toSet());
    }

    @Test
    void startsFromWhatStandsInRedisWhileNothingCanBePolled() throws Exception {
        // Given parameters of an earlier run and a provider whose REST side is down
        rig.cluster().cancel(submitAndAwait());
        rig.rest().stop();
        market.script().price("SPX", SPOT + 20);
        assertThat(rig.statistic("spot", "errors")).isZero();
        assertThat(rig.statistic("chain", "errors")).isZero();
        int connections = rig.provider().log().connections();

        rig.cluster().submit(options());

        await().atMost(SOON)
                .until(
                        () ->
                                rig.provider().log().connections() > connections
                                        && rig.statistic("spot", "errors") > 0
                                        && rig.statistic("chain", "errors") > 0);
        awaitChannels(channelsAround(SPOT));

        // When it is up again, what is selected now is added
        rig.rest().restart();
        Set<String> union = new TreeSet<>(channelsAround(SPOT));
        union.addAll(channelsAround(SPOT + 20));
        awaitChannels(union);
    }

    private JobID submitAndAwait() throws Exception {
        JobID job = rig.cluster().submit(options());
        awaitChannels(channelsAround(SPOT));
        return job;
    }

    @Test
    void faultsOfTheProviderEndWithFreshContextAndNoHalfChain() throws Exception {
        JobID job = submitAndAwait();
        Set<String> whole = channelsAround(SPOT);
        List<RestFault> faults =
                List.of(
                        RestFault.tooManyRequests(),
                        RestFault.internalError(),
                        RestFault.badGateway(),
                        RestFault.htmlInsteadOfJson(),
                        RestFault.halfTheJson(),
                        RestFault.connectionCut(),
                        RestFault.nextPageAt("http://127.0.0.1:1"),
                        RestFault.nextPageIsTheSame(),
                        RestFault.noResults());
        for (RestFault fault : faults) {
            rig.rest().faults().next(Endpoint.CHAIN, 2, fault).next(Endpoint.SNAPSHOT, 1, fault);
            await().atMost(SOON).until(() -> rig.rest().faults().left() == 0);
            long since = System.currentTimeMillis();
            await().atMost(SOON)
                    .untilAsserted(
                            () -> {
                                assertThat(rig.context().channels()).isEqualTo(whole);
                                assertThat(oldestSnapshot()).isGreaterThan(since);
                            });
        }
        rig.cluster().killTaskManager(job);
        long since = System.currentTimeMillis();
        await().atMost(SOON).until(() -> oldestSnapshot() > since);
        assertThat(rig.context().channels()).isEqualTo(whole);
        assertThat(rig.context().hash("massive:chain:analytics"))
                .containsKeys("runs", "errors", "pages", "contracts", "rate_limited");
        assertThat(rig.context().hash("massive:spot:analytics")).containsKeys("latency_p99_ms");
    }

    /** When the chain was selected that is oldest; each holds all contracts of its parameters. */
    private long oldestSnapshot() throws IOException {
        long oldest = Long.MAX_VALUE;
        Set<String> tickers = new TreeSet<>();
        for (String stream : rig.context().hash("massive:ws:params:index").keySet()) {
            JsonNode snapshot = rig.context().snapshot(stream);
            oldest = Math.min(oldest, snapshot.get("ts_ms").longValue());
            snapshot.get("contracts")
                    .forEach(contract -> tickers.add("T." + contract.get("ticker").textValue()));
        }
        assertThat(tickers).isEqualTo(rig.context().channels());
        return oldest;
    }
}

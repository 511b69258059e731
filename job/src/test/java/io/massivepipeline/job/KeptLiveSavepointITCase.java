package io.massivepipeline.job;

import io.massivepipeline.fixtures.market.ListedMarket;
import io.massivepipeline.fixtures.market.Market;
import io.massivepipeline.fixtures.provider.ProviderEvent;
import io.massivepipeline.fixtures.provider.rest.Endpoint;
import io.massivepipeline.fixtures.provider.rest.RestFault;
import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;
import io.massivepipeline.job.oracle.ContextContent;
import io.massivepipeline.job.oracle.MarketOracle;
import io.massivepipeline.job.oracle.RedisContent;
import io.massivepipeline.job.oracle.SelectionOracle;

import org.apache.flink.api.common.JobID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A savepoint of a live run of each released version, with its context, its snapshots and the
 * journal that goes on behind it, from which this version goes on. A version adds its own:
 *
 * <pre>{@code
 * mvn -pl job -am verify -DskipUTs -Dit.test=KeptLiveSavepointITCase -Dsavepoint.version=0.1 \
 *     -Dtest=NONE -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
 * }</pre>
 *
 * <p>All that is asserted comes out of the state: the Redis is empty, the provider's REST side does
 * not answer, and its socket has no trades.
 */
@Timeout(300)
class KeptLiveSavepointITCase {

    private static final String ENDING = "-context";
    private static final Duration SOON = Duration.ofSeconds(60);

    /** A Tuesday, 10:00 in New York; it goes on at 11:00. */
    private static final Instant START = Instant.parse("2026-01-13T15:00:00Z");

    private static final Instant AGAIN = Instant.parse("2026-01-13T16:00:00Z");

    private static final double SPOT = 6878.49;
    private static final double VIX = 14.1;

    /** A narrow window, so that the state is small. */
    private static final double MULTIPLIER = 0.2;

    private static final int EXPIRATIONS = 2;

    /** Trades before the savepoint and behind it; one of the former comes again behind it. */
    private static final int BEFORE = 120;

    private static final int BEHIND = 40;

    @TempDir Path folder;

    private final ObjectMapper json = new ObjectMapper();
    private final ListedMarket market = ListedMarket.of(Market.seeded(11));
    private final MarketOracle oracle = new MarketOracle(market, MULTIPLIER, EXPIRATIONS);

    @ParameterizedTest
    @MethodSource("versions")
    void goesOnFromTheStateAlone(String version) throws Exception {
        // Given the savepoint and the journal of then, and nothing of then in Redis
        KeptSavepoint kept = KeptSavepoint.named(version);
        KeptSavepoint.copy(kept.file("journal"), folder.resolve("journal"));
        try (RedisServer then = RedisServers.embedded(RedisOptions.defaults());
                ContextContent contextThen = new ContextContent(then);
                ContextRig rig = new ContextRig(folder, market, MarketTime.running(AGAIN, 1))) {
            kept.restore(then);
            RedisContent before = new RedisContent(then);
            rig.rest().stop();

            // When a job of now goes on from there with more subtasks
            Map<String, String> options = options(rig);
            options.put("parallelism.default", "4");
            rig.cluster().submit(options, kept.settings());

            // Then the journal is read on from where the savepoint was, and no trade of before is
            await().atMost(SOON)
                    .untilAsserted(
                            () ->
                                    assertThat(numbers(rig.content()))
                                            .containsExactlyElementsOf(
                                                    LongStream.range(BEFORE, BEFORE + BEHIND)
                                                            .boxed()
                                                            .toList()));

            // And counters go on, of the job and of the trade date; what came again is known
            await().atMost(SOON).untilAsserted(() -> goesOnCounting(before, rig.content()));

            // And pollers count on, though nobody answers them
            for (String kind : List.of("spot", "chain")) {
                long pages = Long.parseLong(then(contextThen, kind, "pages"));
                assertThat(pages).isPositive();
                await().atMost(SOON).until(() -> rig.statistic(kind, "errors") > 0);
                assertThat(rig.statistic(kind, "pages")).isEqualTo(pages);
            }

            // And snapshots: the next version of each, with all trades of the day
            for (String stream : contextThen.selections().keySet()) {
                await().atMost(SOON)
                        .untilAsserted(() -> isTheNext(stream, contextThen, rig.context()));
            }

            // And the time between is a gap
            await().atMost(SOON)
                    .untilAsserted(
                            () ->
                                    assertThat(rig.content().stream("massive:ws:gaps"))
                                            .hasSize(1)
                                            .allSatisfy(
                                                    gap ->
                                                            assertThat(gapMs(gap.getBody()))
                                                                    .isBetween(
                                                                            3_400_000L,
                                                                            3_700_000L)));

            // When prices are told again and the money has moved, but chains are not
            rig.rest().faults().always(Endpoint.CHAIN, RestFault.connectionCut());
            market.script().price("SPX", SPOT + 5).price("VIX", VIX);
            rig.rest().restart();

            // Then contracts are selected of the chain of then, and subscribed to
            await().atMost(SOON)
                    .untilAsserted(
                            () -> {
                                Map<String, SelectionOracle> moved =
                                        oracle.selected("SPX", VIX, AGAIN.toEpochMilli());
                                assertThat(rig.context().selections().keySet())
                                        .isEqualTo(moved.keySet());
                                rig.context().hasSelected(moved);
                            });
            assertThat(rig.context().channels()).isNotEqualTo(contextThen.channels());
            await().atMost(SOON)
                    .untilAsserted(
                            () ->
                                    assertThat(rig.provider().channels())
                                            .isEqualTo(rig.context().channels()));

            // And only the price that is a new one is written
            assertThat(rig.context().text("massive:model:spot:SPX")).isNotNull();
            assertThat(rig.context().text("massive:model:spot:VIX")).isNull();
        }
    }

    private static long gapMs(Map<String, String> gap) {
        return Long.parseLong(gap.get("to")) - Long.parseLong(gap.get("from"));
    }

    private static void goesOnCounting(RedisContent before, RedisContent now) {
        assertThat(difference("massive:ws:analytics", "trades", before, now)).isEqualTo(BEHIND + 1);
        assertThat(difference("massive:ws:analytics", "volume", before, now)).isEqualTo(BEHIND);
        assertThat(difference("massive:ws:analytics", "duplicates", before, now)).isOne();
        assertThat(difference("massive:ws:analytics", "streams", before, now)).isZero();
        assertThat(difference("massive:ws:analytics", "gaps", before, now)).isOne();
        assertThat(difference("massive:ws:analytics:SPX", "trades", before, now)).isEqualTo(BEHIND);
        assertThat(difference("massive:ws:analytics:SPX:20260113", "trades", before, now))
                .isPositive();
        assertThat(now.hash("massive:ws:analytics:SPX").get("trades"))
                .isEqualTo(Integer.toString(BEFORE + BEHIND));
    }

    private static long difference(
            String key, String field, RedisContent before, RedisContent now) {
        ToLongFunction<RedisContent> value =
                redis -> Long.parseLong(redis.hash(key).getOrDefault(field, "0"));
        return value.applyAsLong(now) - value.applyAsLong(before);
    }

    private static String then(ContextContent context, String kind, String name) {
        return context.hash("massive:" + kind + ":analytics").get(name);
    }

    private void isTheNext(String stream, ContextContent before, ContextContent now)
            throws IOException {
        String key = "massive:ws:snapshot:" + stream;
        JsonNode then = json.readTree(before.text(key));
        assertThat(now.text(key)).isNotNull();
        JsonNode next = json.readTree(now.text(key));
        assertThat(next.get("version").longValue()).isGreaterThan(then.get("version").longValue());
        assertThat(next.get("spot")).isEqualTo(then.get("spot"));
        assertThat(next.get("atm")).isEqualTo(then.get("atm"));
        assertThat(next.get("rows")).hasSameSizeAs(then.get("rows"));
        Map<String, String> day = now.hash("massive:ws:analytics:" + stream);
        for (String sum : List.of("trades", "volume", "call_volume", "put_volume")) {
            assertThat(next.get("totals").get(sum).asText()).as(sum).isEqualTo(day.get(sum));
            assertThat(next.get("totals").get(sum).longValue())
                    .as(sum)
                    .isGreaterThan(then.get("totals").get(sum).longValue());
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "savepoint.version", matches = ".+")
    void keepsTheSavepointOfThisVersion() throws Exception {
        KeptSavepoint kept = KeptSavepoint.named(System.getProperty("savepoint.version") + ENDING);
        assertThat(kept.folder()).doesNotExist();
        Files.createDirectories(kept.folder());
        MarketTime time = MarketTime.running(START, 1);
        market.script().price("SPX", SPOT).price("VIX", VIX);
        try (ContextRig rig = new ContextRig(folder, market, time)) {
            // Given a run with context, whose trades and snapshots are written
            JobID job = rig.cluster().submit(options(rig));
            await().atMost(SOON)
                    .until(
                            () ->
                                    !rig.provider().channels().isEmpty()
                                            && rig.provider()
                                                    .channels()
                                                    .equals(rig.context().channels()));
            List<String> tickers =
                    rig.context().channels().stream().map(it -> it.substring(2)).toList();
            publish(rig, time, tickers, 0, BEFORE);
            awaitAllIn(rig, BEFORE);

            // When it is quiet, then what stands in Redis is what stands in its state
            await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
            kept.keep(rig.redis());
            kept.keep(rig.cluster().savepoint(job));

            // And the journal goes on, with the last trade of before once more
            Instant last = Instant.ofEpochMilli(lastTradeAt(rig));
            rig.provider().publish(List.of(trade(tickers, BEFORE - 1, last)));
            publish(rig, time, tickers, BEFORE, BEFORE + BEHIND);
            awaitAllIn(rig, BEFORE + BEHIND);
            rig.cluster().cancel(job);
        }
        KeptSavepoint.copy(folder.resolve("journal"), kept.file("journal"));
    }

    static List<String> versions() throws IOException {
        return KeptSavepoint.names(ENDING);
    }

    private static Map<String, String> options(ContextRig rig) throws IOException {
        Map<String, String> options = rig.options("SPX", EXPIRATIONS);
        options.put("spot.symbols", "I:SPX,I:VIX");
        options.put("chain.range-multiplier", Double.toString(MULTIPLIER));
        options.put("chain.interval", "1 h");
        options.put("subscription", "targeted");
        options.put("snapshot.max-rate", "0");
        // So that all of the journal is there, and the savepoint has all of the state.
        options.put("execution.checkpointing.interval", "1 h");
        return options;
    }

    private static void publish(
            ContextRig rig, MarketTime time, List<String> tickers, int from, int to) {
        for (Iterator<Long> number = LongStream.range(from, to).iterator(); number.hasNext(); ) {
            List<ProviderEvent> frame = new ArrayList<>();
            for (int i = 0; i < 10 && number.hasNext(); i++) {
                frame.add(trade(tickers, number.next(), time.instant()));
            }
            rig.provider().publish(frame);
        }
    }

    private static ProviderEvent trade(List<String> tickers, long number, Instant at) {
        String ticker = tickers.get((int) (number % tickers.size()));
        return new ProviderEvent(
                "T",
                ticker,
                "{\"ev\":\"T\",\"sym\":\"%s\",\"x\":302,\"p\":7.7,\"s\":1,\"c\":[209],\"t\":%d,\"q\":%d}"
                        .formatted(ticker, at.toEpochMilli(), number + 1));
    }

    private void awaitAllIn(ContextRig rig, int trades) throws IOException {
        await().atMost(SOON)
                .untilAsserted(
                        () -> {
                            assertThat(numbers(rig.content())).hasSize(trades);
                            long inSnapshots = 0;
                            for (String stream : rig.context().selections().keySet()) {
                                String text = rig.context().text("massive:ws:snapshot:" + stream);
                                inSnapshots += json.readTree(text).at("/totals/trades").asLong();
                            }
                            assertThat(inSnapshots).isEqualTo(trades);
                        });
    }

    private static TreeSet<Long> numbers(RedisContent redis) {
        TreeSet<Long> numbers = new TreeSet<>();
        LiveFeedTape.numbersIn(redis).forEach(number -> numbers.add(number - 1));
        return numbers;
    }

    private static long lastTradeAt(ContextRig rig) {
        return rig.trades().stream()
                .filter(trade -> trade.get("q").equals(Integer.toString(BEFORE)))
                .mapToLong(trade -> Long.parseLong(trade.get("ts")))
                .findFirst()
                .orElseThrow();
    }
}

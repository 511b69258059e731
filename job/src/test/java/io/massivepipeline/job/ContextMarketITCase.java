package io.massivepipeline.job;

import io.massivepipeline.fixtures.market.ListedMarket;
import io.massivepipeline.fixtures.market.Market;
import io.massivepipeline.fixtures.market.MarketScript;
import io.massivepipeline.fixtures.market.OptionContract;
import io.massivepipeline.job.oracle.MarketOracle;
import io.massivepipeline.job.oracle.SelectionOracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Ten minutes of a market live through the whole job, in a fraction of that: what stands in Redis
 * is what the market lists, at every half minute, whatever happened in it. It is the Thursday
 * before a third Friday, from five minutes before the close, when that day's expiry is over and the
 * monthly of the next day trades no more.
 */
@Timeout(300)
class ContextMarketITCase {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final Instant START = Instant.parse("2026-01-15T20:55:00Z");
    private static final Duration STEP = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofSeconds(10);
    private static final int MOST_POLLS = 4;
    private static final double SPEED = 15;
    private static final int EXPIRATIONS = 3;
    private static final LocalDate THIRD_FRIDAY = LocalDate.of(2026, 1, 16);
    private static final List<String> UNDERLYINGS = List.of("SPX", "NDX", "SPY");

    @TempDir Path folder;

    private final ObjectMapper json = new ObjectMapper();
    private final MarketTime time = MarketTime.running(START, 1);
    private final ListedMarket market = ListedMarket.of(Market.seeded(11));
    private final MarketOracle oracle = new MarketOracle(market, 2.0, EXPIRATIONS);
    private final Set<String> traded = new TreeSet<>();

    /** As it was last told: what the provider no longer tells stays as it was. */
    private Double vix;

    private ContextRig rig;

    /** Something happens in the market. */
    private interface Event {
        void happen(MarketScript script, long now);
    }

    @BeforeEach
    void start() throws Exception {
        rig = new ContextRig(folder, market, time);
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    private Map<String, String> options() throws IOException {
        Map<String, String> options = rig.options(String.join(",", UNDERLYINGS), EXPIRATIONS);
        options.put("ws.silence-timeout", "10 min");
        options.put("spot.symbols", "I:SPX,I:NDX,I:VIX,SPY");
        options.put("subscription", "targeted");
        options.put("subscription.max-channels", "100000");
        return options;
    }

    private static Event at(String symbol, double value) {
        return (script, now) -> script.price(symbol, now, value);
    }

    /** What happens, one every half minute; prices stand where they were put. */
    private List<Event> events() {
        List<OptionContract> vanishing = new ArrayList<>();
        Event atTheMoneyVanishes =
                (script, now) -> {
                    market.contracts("SPX", THIRD_FRIDAY, now).stream()
                            .filter(contract -> contract.strike() == 6_900_000)
                            .forEach(vanishing::add);
                    vanishing.forEach(script::delist);
                };
        Event weekliesAreListedAgain =
                (script, now) ->
                        vanishing.stream()
                                .filter(contract -> contract.root().equals("SPXW"))
                                .forEach(script::list);
        return List.of(
                // 3 % of 6750 is 202.5, and of 6850 205.5: to the even one of the two
                at("SPX", 6750),
                (script, now) -> script.restore("VIX").price("VIX", now, vix = 14.1),
                at("SPX", 6878.49),
                // As far from 25450 as from 25460
                at("NDX", 25_455),
                at("SPX", 6881.2),
                // Out of all that was asked for
                at("SPX", 7260),
                at("SPX", 6898.3),
                atTheMoneyVanishes,
                at("SPY", 690.5),
                // Now it is 16:00
                weekliesAreListedAgain,
                (script, now) -> script.price("VIX", now, vix = 45.0),
                (script, now) -> script.withdraw("VIX"),
                at("SPX", 6902.5),
                at("NDX", 26_390.7),
                at("SPY", 702.49),
                at("SPX", 6650),
                at("SPX", 6655),
                at("NDX", 24_000),
                at("SPX", 6660.01));
    }

    @Test
    void redisHoldsWhatTheMarketSaysForTenMinutes() throws Exception {
        // Given a market without a VIX
        long now = START.toEpochMilli();
        market.script()
                .price("SPX", now - 3_600_000, 6850)
                .price("NDX", now - 3_600_000, 25_460)
                .price("SPY", now - 3_600_000, 685.5)
                .withdraw("VIX");
        rig.cluster().submit(options());
        await().atMost(SOON).until(() -> runs("chain") > 0 && runs("spot") > 0);
        time.speed(SPEED);
        holdsAt(0);
        assertThat(range("SPX", THIRD_FRIDAY)).isEqualTo(206);
        assertThat(roots("SPX", THIRD_FRIDAY)).containsExactly("SPX", "SPXW");
        assertThat(roots("NDX", THIRD_FRIDAY)).containsExactly("NDX", "NDXP");

        // When something happens every half minute, then Redis holds what the market says
        int step = 0;
        for (Event event : events()) {
            step++;
            event.happen(market.script(), time.instant().toEpochMilli());
            time.speed(SPEED);
            holdsAt(step);
            if (step == 1) {
                assertThat(range("SPX", THIRD_FRIDAY)).isEqualTo(202);
            }
        }

        // Then ten minutes have passed, that day's expiry is over, and the monthly with it
        assertThat(Duration.between(START, time.instant())).isGreaterThan(Duration.ofMinutes(10));
        assertThat(oracle.selected("SPX", vix, time.instant().toEpochMilli()).keySet())
                .containsExactly("SPX:20260116", "SPX:20260120", "SPX:20260121");
        assertThat(roots("SPX", THIRD_FRIDAY)).containsExactly("SPXW");
        assertThat(distances("NDX", LocalDate.of(2026, 1, 21))).contains(10.0, 100.0);
        keepsAllPricesThatThereWere();
        holdsTheTrades();
    }

    /**
     * Lets half a minute pass, stops the time and compares; where a poll was under way while it was
     * no more true, once more after the next one.
     */
    private void holdsAt(int step) throws Exception {
        letPass(START.plus(STEP.multipliedBy(step + 1L)));
        for (int polls = 1; !holdsNow("step " + step, polls == MOST_POLLS); polls++) {
            time.speed(SPEED);
            letPass(time.instant().plus(POLL));
        }
        publish();
    }

    /** As long as that and as two polls of everything take. */
    private void letPass(Instant until) {
        long chains = runs("chain");
        long spots = runs("spot");
        await().atMost(SOON)
                .until(
                        () ->
                                !time.instant().isBefore(until)
                                        && runs("chain") >= chains + 2
                                        && runs("spot") >= spots + 2);
        time.speed(0);
    }

    private boolean holdsNow(String name, boolean must) {
        long now = time.instant().toEpochMilli();
        try {
            await(name).atMost(Duration.ofSeconds(5)).untilAsserted(() -> holds(now));
            return true;
        } catch (ConditionTimeoutException different) {
            if (must) {
                throw different;
            }
            return false;
        }
    }

    private long runs(String kind) {
        return rig.statistic(kind, "runs");
    }

    private void holds(long now) throws IOException {
        Map<String, SelectionOracle> expected = new TreeMap<>();
        UNDERLYINGS.forEach(name -> expected.putAll(oracle.selected(name, vix, now)));
        rig.context().hasSelected(expected);
        Map<String, String> index = rig.context().hash("massive:ws:params:index");
        assertThat(index.keySet()).containsAll(expected.keySet());
        assertThat(index.values()).containsOnly("20260115");
        for (String stream : expected.keySet()) {
            JsonNode snapshot = rig.context().snapshot(stream);
            assertThat(now - snapshot.get("ts_ms").longValue())
                    .as("age of the chain of %s", stream)
                    .isBetween(0L, 30_000L);
            String underlying = stream.substring(0, 3);
            assertThat(snapshot.get("spot").doubleValue())
                    .isEqualTo(market.price(underlying, now).orElseThrow());
        }
        assertThat(rig.provider().channels()).containsAll(rig.context().channels());
        for (String symbol : UNDERLYINGS) {
            JsonNode price = json.readTree(rig.context().text("massive:model:spot:" + symbol));
            assertThat(price.get("value").doubleValue())
                    .isEqualTo(market.price(symbol, now).orElseThrow());
        }
    }

    /** A trade of a contract at the money, and one of a contract that nobody has selected. */
    private void publish() {
        String near = rig.context().channels().iterator().next().substring(2);
        traded.add(near);
        rig.publish(near, "O:SPXW260116C00200000");
    }

    private void holdsTheTrades() {
        time.speed(SPEED);
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(
                                                rig.trades().stream()
                                                        .map(trade -> trade.get("contract"))
                                                        .collect(Collectors.toSet()))
                                        .isEqualTo(traded));
    }

    /** Each price in a trail stood so in the market at its time. */
    private void keepsAllPricesThatThereWere() throws IOException {
        for (String symbol : UNDERLYINGS) {
            List<String> trail = rig.context().trailOf(symbol);
            assertThat(trail).hasSizeGreaterThan(1);
            for (String told : trail) {
                JsonNode price = json.readTree(told);
                assertThat(price.get("value").doubleValue())
                        .as(told)
                        .isEqualTo(
                                market.price(symbol, price.get("ts_ms").longValue()).orElseThrow());
            }
        }
    }

    private long range(String underlying, LocalDate expiry) throws IOException {
        return snapshot(underlying, expiry).get("range_points").longValue();
    }

    private Set<String> roots(String underlying, LocalDate expiry) throws IOException {
        Set<String> roots = new TreeSet<>();
        snapshot(underlying, expiry)
                .get("contracts")
                .forEach(contract -> roots.add(contract.get("root").textValue()));
        return roots;
    }

    private Set<Double> distances(String underlying, LocalDate expiry) throws IOException {
        TreeSet<Double> strikes = new TreeSet<>();
        snapshot(underlying, expiry)
                .get("contracts")
                .forEach(contract -> strikes.add(contract.get("strike").doubleValue()));
        Set<Double> distances = new TreeSet<>();
        for (Double strike : strikes.tailSet(strikes.first(), false)) {
            distances.add(strike - strikes.lower(strike));
        }
        return distances;
    }

    private JsonNode snapshot(String underlying, LocalDate expiry) throws IOException {
        return rig.context().snapshot(underlying + ":" + expiry.toString().replace("-", ""));
    }
}

package io.massivepipeline.sources.poll.chain;

import io.massivepipeline.fixtures.market.OptionContract;
import io.massivepipeline.fixtures.market.StrikeLadder;
import io.massivepipeline.fixtures.provider.rest.Endpoint;
import io.massivepipeline.fixtures.provider.rest.RestFault;
import io.massivepipeline.fixtures.provider.rest.RestLog;
import io.massivepipeline.fixtures.provider.rest.RestOptions;
import io.massivepipeline.fixtures.provider.rest.StandInRest;
import io.massivepipeline.sources.LogLines;
import io.massivepipeline.sources.poll.Received;
import io.massivepipeline.sources.poll.Rest;
import io.massivepipeline.sources.poll.SwitchedOff;
import io.massivepipeline.sources.poll.rest.RestSettings;
import io.massivepipeline.sources.trade.OptionRight;

import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Chains as the stand-in's market has them, and what else may be answered. */
class ChainPollerITCase {

    private static final LocalDate MONDAY = LocalDate.of(2025, 12, 22);

    @RegisterExtension final LogLines log = LogLines.of(SwitchedOff.class);

    private final Rest rest = new Rest();
    private final Received received = new Received();

    /** What is not scripted moves by itself. */
    @BeforeEach
    void standStill() {
        rest.market()
                .script()
                .price("SPX", 6878.49)
                .price("NDX", 25_460.2)
                .price("SPY", 686.5)
                .price("VIX", 14.1);
    }

    @AfterEach
    void close() {
        rest.close();
    }

    @Test
    void bringsTheFirstListedExpiriesWithTheWindowAndItsMargin() throws InterruptedException {
        // When chains of indices and a stock are asked for
        poll(List.of("SPX", "NDX", "SPY"), 5, 1);

        // Then each is what the market lists: 122 points for a day, 244 for four, and half as much
        // again, on both sides of the price
        ChainPoll spx = received.chains().get(0);
        assertThat(received.questions()).containsExactly("SPX", "NDX", "SPY");
        assertThat(spx.polledAt()).isEqualTo(Rest.AFTERNOON.toEpochMilli());
        assertThat(spx.expiries())
                .containsExactly(20251222, 20251223, 20251224, 20251226, 20251229);
        assertThat(tickers(spx, 20251223))
                .containsExactlyInAnyOrderElementsOf(listed("SPX", 20251223, 6878.49, 183));
        assertThat(tickers(spx, 20251226))
                .containsExactlyInAnyOrderElementsOf(listed("SPX", 20251226, 6878.49, 366));
        assertThat(spx.contracts()).isSortedAccordingTo(ChainPollerITCase::compare);
        assertThat(received.chains().get(1).contracts())
                .extracting(ChainContract::root)
                .containsOnly("NDXP");
        assertThat(tickers(received.chains().get(2), 20251222))
                .containsExactlyInAnyOrderElementsOf(listed("SPY", 20251222, 686.5, 18));
        assertThat(received.statistics().errors()).isZero();
        assertThat(received.statistics().contracts())
                .isEqualTo(received.chains().stream().mapToInt(c -> c.contracts().size()).sum());
    }

    @Test
    void readsEveryLeafOfAContract() throws InterruptedException {
        poll(List.of("SPX"), 1, 1);

        // Then one of the contracts near the money has all there is
        ChainContract contract =
                received.chains().get(0).contracts().stream()
                        .filter(c -> c.right() == OptionRight.CALL && c.strike() >= 6_880_000)
                        .filter(c -> c.last() != null && c.bid() != null && c.delta() != null)
                        .findFirst()
                        .orElseThrow();
        assertThat(contract.root()).isEqualTo("SPXW");
        assertThat(contract.right()).isEqualTo(OptionRight.CALL);
        assertThat(contract.strike()).isBetween(6_880_000L, 6_900_000L);
        assertThat(contract.sharesPerContract()).isEqualTo(100);
        assertThat(contract.bid()).isLessThan(contract.ask());
        assertThat(contract.mid()).isBetween(contract.bid(), contract.ask());
        assertThat(contract.quotedAt()).isEqualTo(Rest.AFTERNOON.toEpochMilli());
        assertThat(contract.last()).isPositive();
        assertThat(contract.lastAt()).isBetween(1_766_000_000_000L, Rest.AFTERNOON.toEpochMilli());
        assertThat(contract.iv()).isBetween(0.01, 2.0);
        assertThat(contract.delta()).isBetween(0.0, 1.0);
        assertThat(contract.gamma()).isPositive();
        assertThat(contract.theta()).isNegative();
        assertThat(contract.vega()).isPositive();
        assertThat(contract.openInterest()).isNotNegative();
        assertThat(contract.dayVolume()).isPositive();

        // And some of the others have not
        assertThat(received.chains().get(0).contracts())
                .anyMatch(c -> c.delta() == null)
                .anyMatch(c -> c.last() == null);
    }

    @Test
    void keepsRootsOfAThirdFridayApart() throws InterruptedException {
        // Given the Wednesday before a third Friday
        rest.time().set(Instant.parse("2026-01-14T15:00:00Z"));

        poll(List.of("SPX"), 3, 1);

        // Then its strikes are listed twice
        ChainPoll chain = received.chains().get(0);
        assertThat(chain.expiries()).containsExactly(20260114, 20260115, 20260116);
        assertThat(chain.contracts().stream().filter(c -> c.expiry() == 20260116))
                .extracting(ChainContract::root)
                .contains("SPX", "SPXW");
        assertThat(chain.contracts()).isSortedAccordingTo(ChainPollerITCase::compare);
    }

    @Test
    void followsTheListThroughTheDay() throws InterruptedException {
        try (ChainPoller poller = poller(List.of("SPX"), 2)) {
            // Given a chain of the afternoon
            poller.poll(received);
            assertThat(newest().expiries()).containsExactly(20251222, 20251223);

            // When what expires today is taken off the list at the close
            rest.time().set(Instant.parse("2025-12-22T21:00:01Z"));
            poller.poll(received);

            // Then the next chain goes without it, at once
            assertThat(newest().expiries()).containsExactly(20251223, 20251224);

            // When a strike vanishes
            OptionContract gone =
                    rest.market().contracts("SPX", MONDAY.plusDays(1), nowMs()).stream()
                            .filter(c -> c.strike() == 6_880_000 && c.call())
                            .findFirst()
                            .orElseThrow();
            rest.market().script().delist(gone);
            poller.poll(received);

            // Then so it does here
            assertThat(newest().contracts())
                    .extracting(ChainContract::ticker)
                    .doesNotContain(gone.ticker())
                    .contains("O:SPXW251223P06880000");
        }
    }

    @Test
    void dropsAtEightInTheEveningWhatExpiredThatDay() throws InterruptedException {
        // Given a provider that still lists it
        rest.market()
                .script()
                .list(
                        new OptionContract(
                                "SPX", "SPXW", MONDAY.plusDays(1), true, 6_880_000, false));
        try (ChainPoller poller = poller(List.of("SPX"), 1)) {
            poller.poll(received);
            assertThat(newest().expiries()).containsExactly(20251222);

            // When it is 20:00 in New York
            rest.time().set(Instant.parse("2025-12-23T01:00:00Z"));
            poller.poll(received);

            // Then the first expiry is tomorrow's
            assertThat(newest().expiries()).containsExactly(20251223);
        }
        assertThat(rest.asked(Endpoint.CHAIN))
                .anyMatch(target -> target.contains("expiration_date.gt=2025-12-22&"));
    }

    @Test
    void asksWiderWhereStrikesAreFarApart() throws InterruptedException {
        // Given strikes 10 % apart
        rest.market().script().ladder("SPX", new StrikeLadder(700_000, 0.5, 700_000, 0.5));

        poll(List.of("SPX"), 2, 1);

        // Then those next to the price are found
        assertThat(newest().contracts()).extracting(ChainContract::strike).contains(7_000_000L);
    }

    @Test
    void goesOnWithoutVix() throws InterruptedException {
        // Given no VIX: then 3 % of the price are a day's window, 206 points
        rest.market().script().withdraw("VIX");

        poll(List.of("SPX"), 1, 1);

        assertThat(tickers(newest(), 20251222))
                .containsExactlyInAnyOrderElementsOf(listed("SPX", 20251222, 6878.49, 309));
    }

    @Test
    void saysThatItCannotAimWithoutAPrice() throws InterruptedException {
        rest.market().script().withdraw("NDX");

        poll(List.of("NDX", "SPX"), 1, 1);

        assertThat(received.questions()).containsExactly("SPX");
        assertThat(received.statistics().errors()).isEqualTo(2);
    }

    static Stream<Arguments> passingFaults() {
        return Stream.of(
                arguments("a burst of 429", 3, RestFault.tooManyRequests()),
                arguments("429 with a wait", 1, RestFault.tooManyRequests(Duration.ZERO)),
                arguments("500", 3, RestFault.internalError()),
                arguments("502", 3, RestFault.badGateway()),
                arguments("HTML", 3, RestFault.htmlInsteadOfJson()),
                arguments("half the JSON", 3, RestFault.halfTheJson()),
                arguments("a cut connection", 2, RestFault.connectionCut()),
                arguments("500 on the second page", 3, RestFault.internalError().onPage(2)),
                arguments("half of the second page", 3, RestFault.halfTheJson().onPage(2)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("passingFaults")
    void asksAgainForWhatMayPass(String name, int times, RestFault fault)
            throws InterruptedException {
        // Given something that passes
        rest.faults().next(Endpoint.CHAIN, times, fault);

        // When a chain of several pages is asked for
        poll(List.of("NDX"), 5, 1);

        // Then it is whole
        assertWholeNdx();
        assertThat(received.statistics().errors()).isZero();
    }

    static Stream<Arguments> lastingFaults() {
        return Stream.of(
                arguments("429", 6, RestFault.tooManyRequests()),
                arguments("500", 6, RestFault.internalError()),
                arguments("a second page that is lost", 1, RestFault.notFound().onPage(2)),
                arguments("a second page that stays away", 4, RestFault.internalError().onPage(2)),
                arguments(
                        "a page that leads to itself", 1, RestFault.nextPageIsTheSame().onPage(2)),
                arguments("a second page with nothing on it", 4, RestFault.noResults().onPage(2)),
                arguments(
                        "a first page that says that it is the last",
                        // Expiries are looked for first, of which there are five.
                        10,
                        RestFault.withoutFields("next_url").onPage(1)),
                arguments("endless pages", 30, RestFault.endlessPages()),
                arguments("nothing in it", 20, RestFault.noResults()),
                arguments("no tickers", 6, RestFault.withoutFields("ticker")),
                arguments("no details", 6, RestFault.nullFields("details")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lastingFaults")
    void handsOnNoHalfOfAChain(String name, int times, RestFault fault)
            throws InterruptedException {
        // Given something that lasts too long
        rest.faults().next(Endpoint.CHAIN, times, fault);

        try (ChainPoller poller = poller(rest.settings().withMaxPages(20), List.of("NDX"), 5)) {
            // When a chain is asked for
            poller.poll(received);

            // Then nothing is handed on, and it counts
            assertThat(received.chains()).isEmpty();
            assertThat(received.statistics().errors()).isEqualTo(1);

            // When that is over
            rest.faults().clear();
            poller.poll(received);

            // Then the next chain is whole
            assertWholeNdx();
        }
    }

    @Test
    void takesAnEmptyPageForTheEndWhereItIsOne() throws InterruptedException {
        // Given lists that are told to go on where they end
        rest.faults().next(Endpoint.CHAIN, 100, RestFault.emptyPageAtTheEnd());

        // When a chain is asked for
        poll(List.of("NDX"), 5, 1);

        // Then it is whole
        assertWholeNdx();
        assertThat(received.statistics().errors()).isZero();
    }

    @Test
    void givesTheKeyToNobodyElse() throws InterruptedException {
        // Given another host, to which a page leads
        try (StandInRest other =
                StandInRest.start(RestOptions.of(Rest.KEY, rest.market()).withClock(rest.time()))) {
            rest.faults().next(Endpoint.CHAIN, 20, RestFault.nextPageAt(other.uri()));
            try (ChainPoller poller = poller(List.of("NDX"), 5)) {
                // When a chain is asked for, and once more without that
                poller.poll(received);
                assertThat(received.chains()).isEmpty();
                rest.faults().clear();
                poller.poll(received);

                // Then it was asked for nothing at all, with a key or without
                assertThat(other.log().requests()).isEmpty();
                assertWholeNdx();
            }
        }
        assertThat(rest.provider().log().requests())
                .extracting(RestLog.Entry::key)
                .containsOnly(RestLog.Key.RIGHT);
        assertThat(rest.asked(Endpoint.CHAIN)).noneMatch(target -> target.contains("apiKey"));
    }

    @Test
    void switchesOffWhatThePlanLacksAndSaysSoOnce() throws InterruptedException {
        // Given a plan without indices
        rest.faults().always(Endpoint.CHAIN, RestFault.notEntitled().of("I:SPX"));

        poll(List.of("SPX", "SPY"), 1, 3);

        // Then it is asked for once, and stocks go on
        assertThat(received.questions()).containsExactly("SPY", "SPY", "SPY");
        assertThat(log.lines()).singleElement().asString().contains("the chain of SPX");
        assertThat(rest.asked(Endpoint.CHAIN)).filteredOn(t -> t.contains("I:SPX")).hasSize(1);
        assertThat(received.statistics().errors()).isZero();
    }

    @Test
    void asksForNoChainWhoseUnderlyingThePlanLacks() throws InterruptedException {
        // Given a plan without prices of indices
        rest.faults().lackEntitlement("I:SPX").lackEntitlement("I:VIX");

        poll(List.of("SPX", "SPY"), 1, 3);

        // Then that is said once for each, counts as no error, and stocks go on by the 3 % rule
        assertThat(received.questions()).containsExactly("SPY", "SPY", "SPY");
        assertThat(log.lines()).hasSize(2);
        assertThat(rest.asked(Endpoint.CHAIN)).noneMatch(target -> target.contains("I:SPX"));
        assertThat(received.statistics().errors()).isZero();
    }

    @Test
    void aimsByTheLastPricesForAWhile() throws InterruptedException {
        try (ChainPoller poller = poller(List.of("SPX"), 1)) {
            poller.poll(received);

            // When prices stay away once
            rest.faults().next(Endpoint.SNAPSHOT, 4, RestFault.internalError());
            poller.poll(received);

            // Then there is a chain all the same
            assertThat(received.chains()).hasSize(2);
            assertThat(received.statistics().errors()).isEqualTo(1);
        }
    }

    @Test
    void stampsWhatComesWithTheTimeOfDayWhereverItJumps() throws InterruptedException {
        try (ChainPoller poller = poller(List.of("SPX"), 1)) {
            // When the clock is set forth and back
            poller.poll(received);
            rest.time().set(Rest.AFTERNOON.plusSeconds(120));
            poller.poll(received);
            rest.time().set(Rest.AFTERNOON.minusSeconds(60));
            poller.poll(received);
        }

        // Then chains go on coming, and say so
        assertThat(received.chains())
                .extracting(ChainPoll::polledAt)
                .containsExactly(
                        Rest.AFTERNOON.toEpochMilli(),
                        Rest.AFTERNOON.toEpochMilli() + 120_000,
                        Rest.AFTERNOON.toEpochMilli() - 60_000);
    }

    @Test
    void costsAFewPagesOfATwentyThousandContracts() throws InterruptedException {
        // Given strikes a dollar apart for six weeks of expiries: more than 100 000 contracts
        rest.market().script().ladder("SPX", new StrikeLadder(5_000, 0.5, 5_000, 0.9));
        assertThat(
                        rest.market().expiries("SPX", nowMs()).stream()
                                .mapToInt(e -> rest.market().contracts("SPX", e, nowMs()).size())
                                .sum())
                .isGreaterThan(20_000);

        poll(List.of("SPX"), 5, 2);

        // Then a round costs a request for prices and a page or two an expiry
        assertThat(received.chains()).hasSize(2);
        assertThat(rest.asked(Endpoint.CHAIN)).hasSizeLessThan(5 + 2 * 12);
    }

    private void assertWholeNdx() {
        ChainPoll chain = newest();
        assertThat(chain.expiries()).hasSize(5);
        // 14.1 % a year are 452 points a day and 1197 in seven; and half as much again
        assertThat(tickers(chain, 20251222))
                .containsExactlyInAnyOrderElementsOf(listed("NDX", 20251222, 25_460.2, 678));
        assertThat(tickers(chain, 20251229))
                .containsExactlyInAnyOrderElementsOf(listed("NDX", 20251229, 25_460.2, 1795.5));
    }

    private ChainPoll newest() {
        return received.chains().get(received.chains().size() - 1);
    }

    private long nowMs() {
        return rest.time().instant().toEpochMilli();
    }

    private static List<String> tickers(ChainPoll chain, int expiry) {
        return chain.contracts().stream()
                .filter(contract -> contract.expiry() == expiry)
                .map(ChainContract::ticker)
                .toList();
    }

    /** What the market lists within so many dollars of a price. */
    private List<String> listed(String underlying, int expiry, double spot, double margin) {
        LocalDate date = LocalDate.of(expiry / 10_000, expiry / 100 % 100, expiry % 100);
        return rest.market().contracts(underlying, date, nowMs()).stream()
                .filter(contract -> Math.abs(contract.strike() / 1000.0 - spot) <= margin)
                .map(OptionContract::ticker)
                .toList();
    }

    private static int compare(ChainContract a, ChainContract b) {
        return sortKey(a).compareTo(sortKey(b));
    }

    private static String sortKey(ChainContract c) {
        return "%d %012d %-6s %d".formatted(c.expiry(), c.strike(), c.root(), c.right().ordinal());
    }

    private void poll(List<String> underlyings, int expirations, int times)
            throws InterruptedException {
        try (ChainPoller poller = poller(underlyings, expirations)) {
            for (int i = 0; i < times; i++) {
                poller.poll(received);
            }
        }
    }

    private ChainPoller poller(List<String> underlyings, int expirations) {
        return poller(rest.settings(), underlyings, expirations);
    }

    private ChainPoller poller(RestSettings settings, List<String> underlyings, int expirations) {
        return new ChainPoller(
                new ChainSettings(settings, underlyings, expirations, 2, rest.pollTime()),
                new UnregisteredMetricsGroup());
    }
}

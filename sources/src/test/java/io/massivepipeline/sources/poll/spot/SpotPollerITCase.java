package io.massivepipeline.sources.poll.spot;

import io.massivepipeline.fixtures.provider.rest.Endpoint;
import io.massivepipeline.fixtures.provider.rest.RestFault;
import io.massivepipeline.sources.LogLines;
import io.massivepipeline.sources.poll.PollTime;
import io.massivepipeline.sources.poll.Received;
import io.massivepipeline.sources.poll.Rest;
import io.massivepipeline.sources.poll.SwitchedOff;
import io.massivepipeline.sources.provider.FatalFeedException;

import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Prices as the stand-in tells them, and what else it may answer. */
class SpotPollerITCase {

    private static final List<String> SYMBOLS = List.of("I:SPX", "I:NDX", "I:VIX", "SPY", "QQQ");

    @RegisterExtension final LogLines log = LogLines.of(SwitchedOff.class);

    private final Rest rest = new Rest();
    private final Received received = new Received();

    @AfterEach
    void close() {
        rest.close();
    }

    @Test
    void asksForAllSymbolsAtOnce() throws InterruptedException {
        // Given a market
        rest.market().script().price("SPX", 6878.49).price("SPY", 686.5);
        rest.time().advance(Duration.ofMillis(150));
        long now = Rest.AFTERNOON.toEpochMilli() + 150;

        // When it is asked
        poll(SYMBOLS, 1);

        // Then one request brought all prices, with times in milliseconds
        SpotPoll poll = received.spots().get(0);
        assertThat(poll.polledAt()).isEqualTo(now);
        assertThat(poll.prices())
                .extracting(SpotPrice::apiSymbol)
                .containsExactlyInAnyOrderElementsOf(SYMBOLS);
        assertThat(price(poll, "SPX"))
                .isEqualTo(
                        new SpotPrice(
                                "SPX",
                                "I:SPX",
                                new BigDecimal("6878.49"),
                                null,
                                Rest.AFTERNOON.toEpochMilli(),
                                "open",
                                "REAL-TIME"));
        assertThat(price(poll, "SPY").value()).isEqualTo(new BigDecimal("686.5"));
        assertThat(price(poll, "SPY").volume()).isPositive();
        assertThat(rest.asked(Endpoint.SNAPSHOT)).hasSize(1);
        assertThat(received.statistics().runs()).isEqualTo(1);
        assertThat(received.statistics().pages()).isEqualTo(1);
        assertThat(received.statistics().errors()).isZero();
        assertThat(received.statistics().contracts()).isEqualTo(5);
        assertThat(received.statistics().lastTs()).isEqualTo(now);
    }

    @Test
    void leavesOutWhatThePlanLacksAndSaysSoOnce() throws InterruptedException {
        // Given a plan without indices, which the answer says by ticker
        rest.faults().lackEntitlement("I:SPX").lackEntitlement("I:VIX");

        // When prices are asked for three times
        poll(List.of("I:SPX", "I:VIX", "SPY"), 3);

        // Then both are asked for once, and that is said once each
        assertThat(log.lines()).hasSize(2).allMatch(line -> line.contains("Not entitled"));
        assertThat(received.spots()).hasSize(3);
        assertThat(received.spots()).allMatch(poll -> poll.prices().size() == 1);
        assertThat(rest.asked(Endpoint.SNAPSHOT).get(0)).contains("SPX").contains("VIX");
        assertThat(rest.asked(Endpoint.SNAPSHOT).get(2)).doesNotContain("SPX").contains("SPY");
        assertThat(received.statistics().errors()).isZero();
    }

    @Test
    void findsOutWhomARefusalOfAllMeans() throws InterruptedException {
        // Given a provider that refuses every request with an index in it
        rest.faults()
                .always(Endpoint.SNAPSHOT, RestFault.notEntitled().of("I:SPX"))
                .always(Endpoint.SNAPSHOT, RestFault.timeframeNotInPlan().of("I:VIX"));

        // When prices are asked for
        poll(List.of("I:SPX", "I:VIX", "SPY", "QQQ"), 2);

        // Then the stocks are answered, and from the second time on in one request
        assertThat(received.spots()).hasSize(2);
        assertThat(received.spots().get(0).prices()).hasSize(2);
        assertThat(rest.asked(Endpoint.SNAPSHOT)).hasSize(1 + 4 + 1);
    }

    @Test
    void goesOnWithoutASymbolThatIsWrong() throws InterruptedException {
        // Given symbols that the provider does not know
        poll(List.of("I:NONE", "SPY", "NONE"), 2);

        // Then the others are answered, and each time it counts
        assertThat(received.spots()).hasSize(2).allMatch(poll -> poll.prices().size() == 1);
        assertThat(received.statistics().errors()).isEqualTo(4);
    }

    @Test
    void handsOnNothingWithoutPrices() throws InterruptedException {
        // Given answers without values, without results, and without any but a status
        rest.faults()
                .next(Endpoint.SNAPSHOT, 1, RestFault.nullFields("value", "price"))
                .next(Endpoint.SNAPSHOT, 1, RestFault.noResults());

        // When prices are asked for
        poll(List.of("I:SPX"), 3);

        // Then only the good answer is handed on
        assertThat(received.spots()).hasSize(1);
        assertThat(received.statistics().errors()).isEqualTo(2);
    }

    @Test
    void takesWhatIsLeftOfAnAnswer() throws InterruptedException {
        // Given an answer without most of its leaves, and one with whole numbers as fractions
        rest.faults()
                .next(
                        Endpoint.SNAPSHOT,
                        1,
                        RestFault.withoutFields(
                                "last_updated", "market_status", "timeframe", "volume"))
                .next(Endpoint.SNAPSHOT, 1, RestFault.wholeNumbersWithFraction());

        // When prices are asked for
        rest.time().advance(Duration.ofMillis(150));
        poll(List.of("SPY"), 2);

        // Then what is missing is null, and its time that of the answer
        SpotPrice bare = received.spots().get(0).prices().get(0);
        assertThat(bare.volume()).isNull();
        assertThat(bare.marketStatus()).isNull();
        assertThat(bare.timeframe()).isNull();
        assertThat(bare.timestamp()).isEqualTo(Rest.AFTERNOON.toEpochMilli() + 150);
        SpotPrice fractions = received.spots().get(1).prices().get(0);
        assertThat(fractions.volume()).isPositive();
        assertThat(fractions.timestamp()).isEqualTo(Rest.AFTERNOON.toEpochMilli());
    }

    @Test
    void goesOnAfterWhatNobodyThoughtOf() throws InterruptedException {
        // Given a clock that cannot be read
        Clock broken =
                new Clock() {
                    @Override
                    public ZoneId getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        return this;
                    }

                    @Override
                    public Instant instant() {
                        throw new DateTimeException("no time");
                    }
                };

        // When prices are asked for
        try (SpotPoller poller =
                new SpotPoller(
                        rest.settings(),
                        SYMBOLS,
                        PollTime.with(broken),
                        new UnregisteredMetricsGroup())) {
            poller.poll(received);
            poller.poll(received);
        }

        // Then that is counted, and no reason to fail
        assertThat(received.spots()).isEmpty();
        assertThat(received.statistics().errors()).isEqualTo(2);
    }

    @Test
    void failsForGoodWithAWrongKey() {
        rest.faults().always(Endpoint.SNAPSHOT, RestFault.unknownKey());

        assertThatThrownBy(() -> poll(SYMBOLS, 1))
                .isInstanceOf(FatalFeedException.class)
                .hasMessage(
                        "The provider's REST interface refuses the API key, 401: Unknown API Key");
    }

    private void poll(List<String> symbols, int times) throws InterruptedException {
        try (SpotPoller poller =
                new SpotPoller(
                        rest.settings(),
                        symbols,
                        rest.pollTime(),
                        new UnregisteredMetricsGroup())) {
            for (int i = 0; i < times; i++) {
                poller.poll(received);
            }
        }
    }

    private static SpotPrice price(SpotPoll poll, String symbol) {
        return poll.prices().stream()
                .filter(price -> price.symbol().equals(symbol))
                .findFirst()
                .orElseThrow();
    }
}

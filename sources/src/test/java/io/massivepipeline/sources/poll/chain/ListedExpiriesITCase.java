package io.massivepipeline.sources.poll.chain;

import io.massivepipeline.fixtures.provider.rest.Endpoint;
import io.massivepipeline.fixtures.provider.rest.RestFault;
import io.massivepipeline.sources.poll.PollCounters;
import io.massivepipeline.sources.poll.PollKind;
import io.massivepipeline.sources.poll.PollTime;
import io.massivepipeline.sources.poll.Rest;
import io.massivepipeline.sources.poll.rest.RestClient;
import io.massivepipeline.sources.poll.rest.RestException;

import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which expiries are asked for, and how often they are looked for. */
class ListedExpiriesITCase {

    private static final String SPX = "/v3/snapshot/options/I:SPX";

    private final Rest rest = new Rest();
    private final AtomicLong nanos = new AtomicLong();
    private final RestClient client =
            RestClient.open(
                    rest.settings(),
                    new PollCounters(PollKind.CHAIN, new UnregisteredMetricsGroup()),
                    rest.pollTime());

    @AfterEach
    void close() {
        client.close();
        rest.close();
    }

    @Test
    void looksAgainAfterFiveMinutesAndKeepsWhatItHasWhileItIsNotTold() throws Exception {
        // Given the first three, found by three requests
        ListedExpiries expiries = expiries(3);
        assertThat(expiries.first()).containsExactly(20251222, 20251223, 20251224);
        assertThat(rest.asked(Endpoint.CHAIN)).hasSize(3);

        // When others are listed meanwhile
        rest.market()
                .script()
                .expiries(
                        "SPX",
                        List.of(
                                LocalDate.of(2025, 12, 22),
                                LocalDate.of(2025, 12, 24),
                                LocalDate.of(2025, 12, 26)));
        minutes(4);
        assertThat(expiries.first()).containsExactly(20251222, 20251223, 20251224);
        assertThat(rest.asked(Endpoint.CHAIN)).hasSize(3);

        // Then it is seen after five minutes, or when the provider tells again
        minutes(1);
        rest.faults().next(Endpoint.CHAIN, 4, RestFault.internalError());
        assertThat(expiries.first()).containsExactly(20251222, 20251223, 20251224);
        assertThat(expiries.first()).containsExactly(20251222, 20251224, 20251226);
    }

    @ParameterizedTest
    @CsvSource({
        // An hour before and at 20:00 in New York, in winter and in summer time
        "2025-12-23T00:59:59Z, 20251222",
        "2025-12-23T01:00:00Z, 20251223",
        "2026-07-06T23:59:59Z, 20260706",
        "2026-07-07T00:00:00Z, 20260707",
        // Friday evening belongs to Monday, and so do Saturday and Sunday
        "2026-01-10T00:59:59Z, 20260109",
        "2026-01-10T01:00:00Z, 20260112",
        "2026-01-11T15:00:00Z, 20260112",
        // The nights in which clocks are changed
        "2026-03-08T06:59:00Z, 20260309",
        "2026-03-09T00:30:00Z, 20260309",
        "2026-11-01T05:30:00Z, 20261102"
    })
    void beginsWithTheTradeDateWhateverIsStillListed(Instant now, int first) throws Exception {
        // Given a time in New York
        rest.time().set(now);
        ListedExpiries expiries = expiries(1);

        // When expiries are looked for
        expiries.first();

        // Then what is asked for expires at the trade date or later
        LocalDate before =
                LocalDate.of(first / 10_000, first / 100 % 100, first % 100).minusDays(1);
        assertThat(rest.asked(Endpoint.CHAIN))
                .singleElement()
                .asString()
                .contains("expiration_date.gt=" + before + "&");
    }

    @Test
    void takesFewerIfNoMoreAreListed() throws Exception {
        rest.market().script().expiries("SPX", List.of(LocalDate.of(2025, 12, 24)));

        assertThat(expiries(5).first()).containsExactly(20251224);
    }

    @Test
    void saysThatNoneIsListed() {
        rest.market().script().expiries("SPX", List.of());

        assertThatThrownBy(() -> expiries(5).first())
                .isInstanceOf(RestException.class)
                .hasMessageContaining("no expiry is listed from 2025-12-22");
    }

    private ListedExpiries expiries(int count) {
        return new ListedExpiries(client, SPX, count, new Passing());
    }

    /** The market's time of day, and as much time as is said to have passed. */
    private final class Passing implements PollTime {

        private static final long serialVersionUID = 1L;

        @Override
        public Clock clock() {
            return rest.pollTime().clock();
        }

        @Override
        public long nanos() {
            return nanos.get();
        }

        @Override
        public void awaitNanos(long until) {
            throw new UnsupportedOperationException("Nobody waits here");
        }
    }

    private void minutes(int passed) {
        nanos.addAndGet(Duration.ofMinutes(passed).toNanos());
    }
}

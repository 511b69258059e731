package io.massivepipeline.sources.poll.rest;

import io.massivepipeline.fixtures.provider.rest.Endpoint;
import io.massivepipeline.fixtures.provider.rest.RestFault;
import io.massivepipeline.fixtures.provider.rest.RestLog;
import io.massivepipeline.sources.poll.PollCounters;
import io.massivepipeline.sources.poll.PollKind;
import io.massivepipeline.sources.poll.Rest;
import io.massivepipeline.sources.poll.rest.RestException.Kind;
import io.massivepipeline.sources.provider.FatalFeedException;

import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Requests over a real connection: waits, time-outs, pages, and what is said of errors. */
class RestClientITCase {

    private static final RestRequest SNAPSHOT =
            RestRequest.to("/v3/snapshot").with("ticker.any_of", "SPY").with("limit", 250);

    private static final RestRequest CHAIN =
            RestRequest.to("/v3/snapshot/options/I:SPX")
                    .with("expiration_date", "2025-12-23")
                    .with("limit", 50);

    private final Rest rest = new Rest();
    private final PollCounters counters =
            new PollCounters(PollKind.SPOT, new UnregisteredMetricsGroup());

    @AfterEach
    void close() {
        rest.close();
    }

    @Test
    void waitsAsLongAsTheProviderAsks() throws Exception {
        // Given a provider that asks for a second, to a client that else waits milliseconds
        rest.faults().next(Endpoint.SNAPSHOT, 1, RestFault.tooManyRequests(Duration.ofSeconds(1)));
        RestSettings patient =
                rest.settings()
                        .withDelays(
                                Duration.ofSeconds(5), Duration.ofMillis(1), Duration.ofSeconds(9));

        // When it is asked
        assertThat(ask(patient, SNAPSHOT)).isEqualTo(1);

        // Then the second attempt came no earlier
        List<RestLog.Entry> requests = rest.provider().log().requests();
        assertThat(requests).extracting(RestLog.Entry::status).containsExactly(429, 200);
        assertThat(requests.get(1).atMs() - requests.get(0).atMs()).isGreaterThanOrEqualTo(1000);
        assertThat(counters.round(0, 0).rateLimited()).isEqualTo(1);
    }

    @Test
    void waitsNoLongerThanIsReasonable() throws Exception {
        rest.faults().next(Endpoint.SNAPSHOT, 1, RestFault.tooManyRequests(Duration.ofDays(1)));

        assertThat(ask(rest.settings(), SNAPSHOT)).isEqualTo(1);
    }

    @Test
    void keepsItsRate() throws Exception {
        // Given 20 requests per second
        RestSettings slow = RestSettings.of(rest.provider().uri(), () -> Rest.KEY, 20);
        try (RestClient client = RestClient.open(slow, counters, rest.clock())) {
            // When it asks as fast as it goes
            for (int i = 0; i < 5; i++) {
                client.first(SNAPSHOT);
            }
        }

        // Then five requests take four times 50 ms
        List<RestLog.Entry> requests = rest.provider().log().requests();
        assertThat(requests.get(4).atMs() - requests.get(0).atMs()).isGreaterThanOrEqualTo(190);
    }

    @Test
    void givesUpAnAnswerThatStalls() {
        // Given an answer whose second half stays away, after its head came in time
        rest.faults().always(Endpoint.SNAPSHOT, RestFault.stalling(Duration.ofSeconds(20)));

        assertKind(Kind.TIMEOUT, impatient(), "no whole answer within 300 ms");
    }

    @Test
    void givesUpAnAnswerThatNeverBegins() {
        rest.faults().always(Endpoint.SNAPSHOT, RestFault.late(Duration.ofSeconds(20)));

        assertKind(Kind.TIMEOUT, impatient(), "no whole answer within 300 ms");
    }

    @Test
    void asksAgainWhenTheProviderIsBack() throws Exception {
        // Given nobody who listens
        rest.provider().stop();
        assertKind(Kind.NETWORK, rest.settings(), "ConnectException");

        // When it listens again
        rest.provider().restart();

        // Then it is answered
        assertThat(ask(rest.settings(), SNAPSHOT)).isEqualTo(1);
    }

    @Test
    void endsWhenItIsInterrupted() throws Exception {
        // Given a request that waits for its answer, and one that waits for its next attempt
        for (RestFault fault :
                List.of(
                        RestFault.late(Duration.ofSeconds(60)),
                        RestFault.tooManyRequests(Duration.ofSeconds(60)))) {
            rest.faults().clear().always(Endpoint.SNAPSHOT, fault);
            int before = rest.provider().log().requests().size();
            AtomicReference<Thread> asking = new AtomicReference<>();
            CompletableFuture<Throwable> ended = new CompletableFuture<>();
            RestSettings settings =
                    rest.settings()
                            .withDelays(
                                    Duration.ofSeconds(60),
                                    Duration.ofSeconds(30),
                                    Duration.ofSeconds(60));
            Thread thread =
                    new Thread(
                            () -> {
                                try {
                                    ask(settings, SNAPSHOT);
                                } catch (Exception e) {
                                    ended.complete(e);
                                }
                            });
            asking.set(thread);
            thread.start();
            await().until(() -> rest.provider().log().requests().size() > before);

            // When its thread is interrupted
            thread.interrupt();

            // Then it ends at once, and says that it was
            assertThat(ended.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
            thread.join(10_000);
        }
    }

    @Test
    void readsAllPagesInTheirOrder() throws Exception {
        try (RestClient client = RestClient.open(rest.settings(), counters, rest.clock())) {
            List<String> tickers =
                    client.all(CHAIN, item -> item.get("details").get("ticker").asText());

            assertThat(tickers).hasSizeGreaterThan(100).isSorted().doesNotHaveDuplicates();
            assertThat(rest.asked(Endpoint.CHAIN)).hasSizeGreaterThan(2);
        }
    }

    @Test
    void saysWhatIsWrongInOneLineWithoutTheKey() throws Exception {
        rest.faults()
                .next(Endpoint.SNAPSHOT, 4, RestFault.internalError())
                .next(Endpoint.SNAPSHOT, 1, RestFault.notEntitled())
                .next(Endpoint.SNAPSHOT, 1, RestFault.notFound())
                .next(Endpoint.SNAPSHOT, 4, RestFault.htmlInsteadOfJson());

        assertKind(Kind.SERVER, rest.settings(), "/v3/snapshot: 500: <html>");
        assertKind(Kind.NOT_ENTITLED, rest.settings(), "403: You are not entitled to this data");
        assertKind(Kind.NOT_FOUND, rest.settings(), "404: Data not found.");
        assertKind(Kind.MALFORMED, rest.settings(), "no JSON: <html>");
    }

    @Test
    void isFatalWithoutAKeyThatCanBeOne() {
        RestSettings none =
                RestSettings.of(
                        rest.provider().uri(),
                        () -> {
                            throw new IOException("No API key: set MASSIVE_API_KEY");
                        },
                        1);
        RestSettings broken = RestSettings.of(rest.provider().uri(), () -> "se\ncret", 1);
        RestSettings wrong = RestSettings.of(rest.provider().uri(), () -> "wrong", 1);

        assertThatThrownBy(() -> ask(none, SNAPSHOT))
                .isInstanceOf(FatalFeedException.class)
                .hasMessage("No API key: set MASSIVE_API_KEY");
        assertThatThrownBy(() -> ask(broken, SNAPSHOT))
                .isInstanceOf(FatalFeedException.class)
                .satisfies(e -> assertThat(e).hasStackTraceContaining("character"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("cret"));
        assertThatThrownBy(() -> ask(wrong, SNAPSHOT))
                .isInstanceOf(FatalFeedException.class)
                .hasMessageContaining("401: Unknown API Key")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("wrong"));
    }

    private void assertKind(Kind kind, RestSettings settings, String message) {
        assertThatThrownBy(() -> ask(settings, SNAPSHOT))
                .isInstanceOfSatisfying(
                        RestException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n", Rest.KEY));
    }

    private RestSettings impatient() {
        return rest.settings()
                .withDelays(Duration.ofMillis(300), Duration.ofMillis(1), Duration.ofMillis(2));
    }

    private int ask(RestSettings settings, RestRequest request)
            throws RestException, InterruptedException {
        try (RestClient client = RestClient.open(settings, counters, rest.clock())) {
            return client.all(request, item -> item).size();
        }
    }
}

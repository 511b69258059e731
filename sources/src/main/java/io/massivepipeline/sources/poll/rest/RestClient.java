package io.massivepipeline.sources.poll.rest;

import io.massivepipeline.sources.poll.PollCounters;
import io.massivepipeline.sources.poll.PollTime;
import io.massivepipeline.sources.poll.rest.Replies.Page;
import io.massivepipeline.sources.poll.rest.RestException.Kind;
import io.massivepipeline.sources.provider.FatalFeedException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Asks the provider's REST interface, one request after the other, in the caller's thread: an
 * answer comes whole, with all its pages, or not at all. What may pass is tried again after a
 * while; an interrupt ends any waiting.
 *
 * <p>The rate is kept for this client alone. Pollers are operators of their own, which may run in
 * different processes, so a budget in common would have to be kept by a third party; instead each
 * gets a share of what the account may ask for.
 */
public final class RestClient implements Closeable {

    private static final double JITTER = 0.2;
    private static final Duration AS_CONFIGURED = Duration.ofNanos(-1);

    private final RestSettings settings;
    private final Origin origin;
    private final HttpTransport transport;
    private final Replies replies;
    private final PollCounters counters;
    private final RequestRate rate;
    private final FailsafeExecutor<Object> attempts;

    private RestClient(RestSettings settings, String key, PollCounters counters, PollTime time) {
        this.settings = settings;
        this.origin = Origin.of(settings.url());
        this.transport = new HttpTransport(key, settings.timeout());
        this.replies = new Replies(transport::redacted, time.clock());
        this.counters = counters;
        this.rate = new RequestRate(settings.requestsPerSecond(), time);
        this.attempts = Failsafe.with(retries(settings));
    }

    /**
     * Reads the key and gets ready to ask.
     *
     * @throws FatalFeedException if there is no key, or none that can be one
     */
    public static RestClient open(RestSettings settings, PollCounters counters, PollTime time) {
        String key;
        try {
            key = settings.apiKey().read();
        } catch (IOException none) {
            throw new FatalFeedException(none.getMessage(), none);
        }
        if (!key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new FatalFeedException("The API key has a character in it that no key can have");
        }
        return new RestClient(settings, key, counters, time);
    }

    private static RetryPolicy<Object> retries(RestSettings settings) {
        return RetryPolicy.builder()
                .handleIf(failure -> failure instanceof RestException rest && rest.passes())
                .withMaxAttempts(settings.attempts())
                .withBackoff(settings.backoff(), settings.backoffMax())
                .withJitter(JITTER)
                .withDelayFnOn(
                        attempt -> asked(attempt.getLastException(), settings.backoffMax()),
                        RestException.class)
                .build();
    }

    /** The wait for which the provider asks, within reason, and never less for the jitter. */
    private static Duration asked(Throwable failure, Duration max) {
        Duration wait = failure instanceof RestException rest ? rest.retryAfter() : null;
        if (wait == null) {
            return AS_CONFIGURED;
        }
        Duration within = wait.compareTo(max) < 0 ? wait : max;
        return within.plusMillis((long) (2 * JITTER * within.toMillis()));
    }

    /**
     * All results of a request, of all its pages.
     *
     * @param item what is made of a result; null leaves it out
     * @return also how it ended, since a list that was cut off between two pages looks whole
     * @throws RestException if any page of it does not come, or is not what was asked for
     * @throws FatalFeedException if the provider does not know the key
     */
    public <T> RestResults<T> all(RestRequest request, RestItem<T> item)
            throws RestException, InterruptedException {
        List<T> items = new ArrayList<>();
        Set<URI> asked = new HashSet<>();
        int onLastPage = 0;
        URI next = request.on(settings.url());
        while (next != null) {
            if (asked.size() >= settings.maxPages()) {
                throw paging("has more than " + settings.maxPages() + " pages", request);
            }
            if (!asked.add(next)) {
                throw paging("leads back to a page that was read", request);
            }
            Page page = page(next, request);
            onLastPage = page.results().size();
            for (JsonNode result : page.results()) {
                T made = item.read(result);
                if (made != null) {
                    items.add(made);
                }
            }
            next = trusted(page.next(), request);
        }
        return new RestResults<>(items, onLastPage);
    }

    /** The results of the first page alone. */
    public List<JsonNode> first(RestRequest request) throws RestException, InterruptedException {
        return page(request.on(settings.url()), request).results();
    }

    private URI trusted(URI next, RestRequest request) throws RestException {
        if (next != null && !origin.has(next)) {
            throw paging("continues at a host that is not asked", request);
        }
        return next;
    }

    private static RestException paging(String what, RestRequest request) {
        return new RestException(Kind.PAGING, request.path() + ": the answer " + what);
    }

    private Page page(URI uri, RestRequest request) throws RestException, InterruptedException {
        try {
            return attempts.get(() -> attempt(uri, request));
        } catch (FailsafeException failed) {
            if (failed.getCause() instanceof RestException rest) {
                throw rest;
            }
            if (failed.getCause() instanceof InterruptedException) {
                Thread.interrupted();
                throw new InterruptedException("Interrupted while asking for " + request.path());
            }
            throw failed;
        }
    }

    private Page attempt(URI uri, RestRequest request) throws RestException, InterruptedException {
        rate.await();
        try {
            Page page = replies.read(transport.send(uri));
            counters.page();
            return page;
        } catch (RestException failed) {
            if (failed.kind() == Kind.RATE_LIMITED) {
                counters.rateLimited();
            }
            throw new RestException(
                    failed.kind(),
                    request.path() + ": " + failed.getMessage(),
                    failed.retryAfter(),
                    failed);
        }
    }

    @Override
    public void close() {
        transport.close();
    }
}

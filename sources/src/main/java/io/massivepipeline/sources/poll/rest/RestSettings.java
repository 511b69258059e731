package io.massivepipeline.sources.poll.rest;

import io.massivepipeline.sources.provider.ApiKey;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;

/**
 * How the provider's REST interface is asked.
 *
 * @param url {@code http} or {@code https}, host and port; the only place that ever gets the key
 * @param apiKey where the key comes from
 * @param timeout of one attempt, from the connection to the last byte
 * @param attempts how often a request is tried before its answer is given up
 * @param backoff wait before the second attempt; doubles with each, plus or minus a fifth
 * @param backoffMax the longest wait, also where the provider asks for a longer one
 * @param requestsPerSecond how often is asked at most, further attempts included
 * @param maxPages of one answer
 */
public record RestSettings(
        URI url,
        ApiKey apiKey,
        Duration timeout,
        int attempts,
        Duration backoff,
        Duration backoffMax,
        double requestsPerSecond,
        int maxPages)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The provider. */
    public static final String PROVIDER = "https://api.massive.com";

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 4;
    private static final Duration BACKOFF = Duration.ofMillis(500);
    private static final Duration BACKOFF_MAX = Duration.ofSeconds(30);

    /** Of 250 contracts each: more than any expiry has. */
    private static final int MAX_PAGES = 100;

    public RestSettings {
        String scheme = url.getScheme();
        if (url.getHost() == null || !"http".equals(scheme) && !"https".equals(scheme)) {
            throw new IllegalArgumentException("Not an address of a REST interface: " + url);
        }
        if (url.getRawUserInfo() != null || url.getRawQuery() != null) {
            throw new IllegalArgumentException(
                    "An address of a REST interface with something in it that may be secret");
        }
        if (!(requestsPerSecond > 0) || Double.isInfinite(requestsPerSecond)) {
            throw new IllegalArgumentException(
                    "Not a number of requests per second: " + requestsPerSecond);
        }
    }

    /**
     * With time-outs of 10 s, four attempts from 0.5 s apart, and waits of at most 30 s.
     *
     * @param url of the provider or its stand-in
     * @param requestsPerSecond this poller's share of what the account may ask for
     */
    public static RestSettings of(String url, ApiKey apiKey, double requestsPerSecond) {
        return new RestSettings(
                URI.create(url),
                apiKey,
                TIMEOUT,
                ATTEMPTS,
                BACKOFF,
                BACKOFF_MAX,
                requestsPerSecond,
                MAX_PAGES);
    }

    /** The same with another time-out. */
    public RestSettings withTimeout(Duration newTimeout) {
        return withDelays(newTimeout, backoff, backoffMax);
    }

    /** The same with other delays. */
    public RestSettings withDelays(Duration newTimeout, Duration newBackoff, Duration newMax) {
        return new RestSettings(
                url, apiKey, newTimeout, attempts, newBackoff, newMax, requestsPerSecond, maxPages);
    }

    /** The same with another limit of pages. */
    public RestSettings withMaxPages(int pages) {
        return new RestSettings(
                url, apiKey, timeout, attempts, backoff, backoffMax, requestsPerSecond, pages);
    }
}

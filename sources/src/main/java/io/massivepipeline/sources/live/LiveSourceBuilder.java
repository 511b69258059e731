package io.massivepipeline.sources.live;

import io.massivepipeline.sources.live.journal.JournalSettings;
import io.massivepipeline.sources.live.protocol.ProtocolSettings;
import io.massivepipeline.sources.provider.ApiKey;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

/**
 * Builds a {@link LiveSource}. Unless said otherwise:
 *
 * <ul>
 *   <li>the provider's real-time options feed, {@code wss://socket.massive.com/options};
 *   <li>the key in {@code MASSIVE_API_KEY};
 *   <li>the whole market;
 *   <li>a journal of at most 8 GB in {@code ./massive-journal};
 *   <li>reconnects after 20 s doubling to 120 s, 60 s after too many connections, and a socket that
 *       is silent for 30 s is dead;
 *   <li>a silence of 100 ms becomes a tick;
 *   <li>no capture.
 * </ul>
 */
public final class LiveSourceBuilder {

    private static final String PROVIDER = "wss://socket.massive.com/options";

    /** What the provider holds back on its hosts named so. */
    private static final Duration DELAYED = Duration.ofMinutes(15);

    private URI url = URI.create(PROVIDER);
    private ApiKey apiKey = ApiKey.fromEnvironment();
    private SubscriptionFeed.Factory subscriptions = SubscriptionFeed.firehose();
    private JournalSettings journal = JournalSettings.of("./massive-journal", 8L << 30);
    private Duration reconnectDelay = Duration.ofSeconds(20);
    private Duration reconnectDelayMax = Duration.ofSeconds(120);
    private Duration maxConnectionsDelay = Duration.ofSeconds(60);
    private Duration silenceTimeout = Duration.ofSeconds(30);
    private Duration orderDelay = Duration.ofMillis(100);
    private String capture;
    private Clock clock = Clock.systemUTC();

    LiveSourceBuilder() {}

    /**
     * Where to connect to, {@code ws} or {@code wss}. A host that begins with {@code delayed} is
     * taken to be quarter of an hour behind.
     *
     * @throws IllegalArgumentException if it is no such address
     */
    public LiveSourceBuilder url(String address) {
        URI uri = URI.create(address);
        if (uri.getHost() == null
                || !"ws".equals(uri.getScheme()) && !"wss".equals(uri.getScheme())) {
            throw new IllegalArgumentException("Not an address of a WebSocket: " + address);
        }
        url = uri;
        return this;
    }

    /** Where the key comes from. */
    public LiveSourceBuilder apiKey(ApiKey key) {
        apiKey = Objects.requireNonNull(key, "key");
        return this;
    }

    /** Which channels are wanted. */
    public LiveSourceBuilder subscriptions(SubscriptionFeed.Factory factory) {
        subscriptions = Objects.requireNonNull(factory, "factory");
        return this;
    }

    /**
     * Where received frames are kept until a checkpoint covers them.
     *
     * @param folder of this job alone, on the machine that connects
     * @param maxBytes beyond which the oldest are given up; at least 1 MB
     */
    public LiveSourceBuilder journal(String folder, long maxBytes) {
        if (maxBytes < 1 << 20) {
            throw new IllegalArgumentException("A journal of less than 1 MB holds nothing");
        }
        journal = JournalSettings.of(folder, maxBytes);
        return this;
    }

    /** How long to wait after a connection was lost: at first, and at most. */
    public LiveSourceBuilder reconnectDelay(Duration first, Duration max) {
        reconnectDelay = positive(first);
        reconnectDelayMax = positive(max);
        return this;
    }

    /** How long to wait after the provider counted too many connections of the account. */
    public LiveSourceBuilder maxConnectionsDelay(Duration delay) {
        maxConnectionsDelay = positive(delay);
        return this;
    }

    /** How long a socket may be silent. */
    public LiveSourceBuilder silenceTimeout(Duration timeout) {
        silenceTimeout = positive(timeout);
        return this;
    }

    /** How long a trade may be out of order; a silence of that length becomes a tick. */
    public LiveSourceBuilder orderDelay(Duration delay) {
        orderDelay = Objects.requireNonNull(delay, "delay");
        return this;
    }

    /** A file to which the feed is written too, packed if its name ends in {@code .gz}. */
    public LiveSourceBuilder capture(String file) {
        capture = file;
        return this;
    }

    /** The clock of all times; it must be serializable. */
    public LiveSourceBuilder clock(Clock serializable) {
        clock = Objects.requireNonNull(serializable, "serializable");
        return this;
    }

    public LiveSource build() {
        boolean delayed = url.getHost().startsWith("delayed");
        return new LiveSource(
                new LiveSettings(
                        url,
                        apiKey,
                        subscriptions,
                        new ProtocolSettings(
                                reconnectDelay,
                                reconnectDelayMax,
                                maxConnectionsDelay,
                                silenceTimeout,
                                delayed ? DELAYED : Duration.ZERO),
                        journal,
                        orderDelay,
                        capture,
                        clock));
    }

    private static Duration positive(Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("Not a duration to wait: " + duration);
        }
        return duration;
    }
}

package io.massivepipeline.sources.poll.chain;

import io.massivepipeline.sources.poll.PollEvent;
import io.massivepipeline.sources.poll.PollTime;
import io.massivepipeline.sources.poll.PollingSource;
import io.massivepipeline.sources.poll.ProviderSymbol;
import io.massivepipeline.sources.poll.capture.PollEventSerializer;
import io.massivepipeline.sources.poll.rest.RestSettings;
import io.massivepipeline.sources.poll.spot.SpotSnapshot;
import io.massivepipeline.sources.provider.ApiKey;

import org.apache.flink.api.common.typeinfo.TypeInformation;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Builds the source of {@link ChainSource}. Unless said otherwise:
 *
 * <ul>
 *   <li>the provider's REST interface, {@value RestSettings#PROVIDER};
 *   <li>the key in {@code MASSIVE_API_KEY};
 *   <li>SPX and NDX;
 *   <li>every 10 seconds;
 *   <li>the first 5 listed expiries, a strike window of 2 standard deviations;
 *   <li>at most 50 requests per second, the share of chains in the 100 that the provider asks to
 *       stay below.
 * </ul>
 */
public final class ChainSourceBuilder {

    private String restUrl = RestSettings.PROVIDER;
    private ApiKey apiKey = ApiKey.fromEnvironment();
    private List<String> underlyings = List.of("SPX", "NDX");
    private Duration interval = Duration.ofSeconds(10);
    private int expirations = 5;
    private double rangeMultiplier = 2;
    private double requestsPerSecond = 50;
    private PollTime time = PollTime.system();

    ChainSourceBuilder() {}

    /** Where to ask, {@code http} or {@code https}. */
    public ChainSourceBuilder restUrl(String url) {
        restUrl = Objects.requireNonNull(url, "url");
        return this;
    }

    /** Where the key comes from. */
    public ChainSourceBuilder apiKey(ApiKey key) {
        apiKey = Objects.requireNonNull(key, "key");
        return this;
    }

    /**
     * Of which there are to be chains: {@code SPX}, {@code SPY}; with the prefix of indices or
     * without.
     *
     * @throws IllegalArgumentException if there is none, or more than one request can ask prices of
     */
    public ChainSourceBuilder underlyings(List<String> names) {
        if (names.isEmpty() || names.size() >= SpotSnapshot.MAX_SYMBOLS) {
            throw new IllegalArgumentException(
                    "There are chains of 1 to "
                            + (SpotSnapshot.MAX_SYMBOLS - 1)
                            + " underlyings, not of "
                            + names.size());
        }
        underlyings = names.stream().map(ProviderSymbol::bare).distinct().toList();
        return this;
    }

    /** From one round to the next. */
    public ChainSourceBuilder interval(Duration duration) {
        interval = Objects.requireNonNull(duration, "duration");
        return this;
    }

    /**
     * How many of the first listed expiries are asked for.
     *
     * @throws IllegalArgumentException if that is none
     */
    public ChainSourceBuilder expirations(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("Not a number of expiries: " + count);
        }
        expirations = count;
        return this;
    }

    /**
     * How many standard deviations a half of the strike window is wide.
     *
     * @throws IllegalArgumentException if it is not above 0
     */
    public ChainSourceBuilder rangeMultiplier(double multiplier) {
        if (!(multiplier > 0) || Double.isInfinite(multiplier)) {
            throw new IllegalArgumentException("Not a width of a strike window: " + multiplier);
        }
        rangeMultiplier = multiplier;
        return this;
    }

    /** How often is asked at most, repeated attempts included. */
    public ChainSourceBuilder requestsPerSecond(double limit) {
        requestsPerSecond = limit;
        return this;
    }

    /** The time of context, of trade dates and of waiting; the machine's unless it is given. */
    public ChainSourceBuilder time(PollTime other) {
        time = Objects.requireNonNull(other, "other");
        return this;
    }

    /**
     * @throws IllegalArgumentException if anything is no address, interval or rate
     */
    public PollingSource<PollEvent> build() {
        return source(RestSettings.of(restUrl, apiKey, requestsPerSecond));
    }

    /** The source with every delay as given, for tests of faults. */
    PollingSource<PollEvent> source(RestSettings rest) {
        ChainSettings settings =
                new ChainSettings(rest, underlyings, expirations, rangeMultiplier, time);
        return new PollingSource<>(
                metrics -> new ChainPoller(settings, metrics),
                interval,
                time,
                PollEventSerializer::new,
                TypeInformation.of(PollEvent.class));
    }
}

package io.massivepipeline.sources.poll.spot;

import io.massivepipeline.sources.poll.PollEvent;
import io.massivepipeline.sources.poll.PollTime;
import io.massivepipeline.sources.poll.PollingSource;
import io.massivepipeline.sources.poll.capture.PollEventSerializer;
import io.massivepipeline.sources.poll.rest.RestSettings;
import io.massivepipeline.sources.provider.ApiKey;

import org.apache.flink.api.common.typeinfo.TypeInformation;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Builds the source of {@link SpotSource}. Unless said otherwise:
 *
 * <ul>
 *   <li>the provider's REST interface, {@value RestSettings#PROVIDER};
 *   <li>the key in {@code MASSIVE_API_KEY};
 *   <li>the indices SPX, NDX and VIX, and SPY and QQQ;
 *   <li>every second;
 *   <li>at most 5 requests per second, the share of spot in the 100 that the provider asks to stay
 *       below.
 * </ul>
 */
public final class SpotSourceBuilder {

    /** A price that takes longer is old. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private String restUrl = RestSettings.PROVIDER;
    private ApiKey apiKey = ApiKey.fromEnvironment();
    private List<String> symbols = List.of("I:SPX", "I:NDX", "I:VIX", "SPY", "QQQ");
    private Duration interval = Duration.ofSeconds(1);
    private double requestsPerSecond = 5;
    private PollTime time = PollTime.system();

    SpotSourceBuilder() {}

    /** Where to ask, {@code http} or {@code https}. */
    public SpotSourceBuilder restUrl(String url) {
        restUrl = Objects.requireNonNull(url, "url");
        return this;
    }

    /** Where the key comes from. */
    public SpotSourceBuilder apiKey(ApiKey key) {
        apiKey = Objects.requireNonNull(key, "key");
        return this;
    }

    /**
     * What is asked for, as the provider has it: {@code I:SPX}, {@code SPY}.
     *
     * @throws IllegalArgumentException if there is none, or more than one request can ask for
     */
    public SpotSourceBuilder symbols(List<String> names) {
        if (names.isEmpty() || names.size() > SpotSnapshot.MAX_SYMBOLS) {
            throw new IllegalArgumentException(
                    "One request asks for 1 to "
                            + SpotSnapshot.MAX_SYMBOLS
                            + " symbols, not for "
                            + names.size());
        }
        symbols = List.copyOf(names);
        return this;
    }

    /** From one request to the next. */
    public SpotSourceBuilder interval(Duration duration) {
        interval = Objects.requireNonNull(duration, "duration");
        return this;
    }

    /** How often is asked at most, repeated attempts included. */
    public SpotSourceBuilder requestsPerSecond(double limit) {
        requestsPerSecond = limit;
        return this;
    }

    /** The time of context, of trade dates and of waiting; the machine's unless it is given. */
    public SpotSourceBuilder time(PollTime other) {
        time = Objects.requireNonNull(other, "other");
        return this;
    }

    /**
     * @throws IllegalArgumentException if anything is no address, interval or rate
     */
    public PollingSource<PollEvent> build() {
        return source(RestSettings.of(restUrl, apiKey, requestsPerSecond).withTimeout(TIMEOUT));
    }

    /** The source with every delay as given, for tests of faults. */
    PollingSource<PollEvent> source(RestSettings rest) {
        List<String> asked = symbols;
        PollTime by = time;
        return new PollingSource<>(
                metrics -> new SpotPoller(rest, asked, by, metrics),
                interval,
                time,
                PollEventSerializer::new,
                TypeInformation.of(PollEvent.class));
    }
}

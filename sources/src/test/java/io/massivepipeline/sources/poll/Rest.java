package io.massivepipeline.sources.poll;

import io.massivepipeline.fixtures.market.ListedMarket;
import io.massivepipeline.fixtures.market.Market;
import io.massivepipeline.fixtures.market.MarketClock;
import io.massivepipeline.fixtures.provider.rest.Endpoint;
import io.massivepipeline.fixtures.provider.rest.RestFaults;
import io.massivepipeline.fixtures.provider.rest.RestLog;
import io.massivepipeline.fixtures.provider.rest.RestOptions;
import io.massivepipeline.fixtures.provider.rest.StandInRest;
import io.massivepipeline.sources.poll.rest.RestSettings;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** The provider's REST side for a test, with a market at a time that stands still. */
public final class Rest implements AutoCloseable {

    public static final String KEY = "the-key";

    /** A Monday, five minutes before the regular close. */
    public static final Instant AFTERNOON = Instant.parse("2025-12-22T20:55:00Z");

    private final ListedMarket market = ListedMarket.of(Market.seeded(7));
    private final MarketClock time = MarketClock.stopped(AFTERNOON);
    private final StandInRest provider =
            StandInRest.start(RestOptions.of(KEY, market).withClock(time));

    public ListedMarket market() {
        return market;
    }

    /** The time of the market. */
    public MarketClock time() {
        return time;
    }

    public StandInRest provider() {
        return provider;
    }

    public RestFaults faults() {
        return provider.faults();
    }

    /** What was asked of an endpoint, path and query. */
    public List<String> asked(Endpoint endpoint) {
        return provider.log().requests(endpoint).stream().map(RestLog.Entry::target).toList();
    }

    /** How the stand-in is asked: patient as in life, but for delays of milliseconds. */
    public RestSettings settings() {
        return RestSettings.of(provider.uri(), () -> KEY, 10_000)
                .withDelays(Duration.ofSeconds(5), Duration.ofMillis(2), Duration.ofMillis(20));
    }

    /** The market's time as pollers know it. */
    public PollTime pollTime() {
        return PollTime.with(clock());
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("The zone of " + time);
            }

            @Override
            public Instant instant() {
                return time.instant();
            }
        };
    }

    @Override
    public void close() {
        provider.close();
    }
}

package io.massivepipeline.sources.poll.chain;

import io.massivepipeline.sources.poll.spot.SpotPrice;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Around which prices chains are asked for. One that was not told this time is good for a minute:
 * the margin of what is asked for allows for that.
 */
final class Aim {

    private static final long GOOD_NANOS = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private final Map<String, Told> prices = new HashMap<>();

    private record Told(BigDecimal value, long at) {}

    /**
     * @param nanoTime a clock that never goes back
     */
    Aim(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void told(List<SpotPrice> newest) {
        long now = nanoTime.getAsLong();
        newest.forEach(price -> prices.put(price.symbol(), new Told(price.value(), now)));
    }

    /** The price of a symbol, without the provider's prefix, or null. */
    BigDecimal at(String symbol) {
        Told told = prices.get(symbol);
        return told == null || nanoTime.getAsLong() - told.at() > GOOD_NANOS ? null : told.value();
    }

    /** The price of a symbol as it was told last, however long ago that was, or null. */
    BigDecimal last(String symbol) {
        Told told = prices.get(symbol);
        return told == null ? null : told.value();
    }
}

package io.massivepipeline.sources.poll.spot;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * What the provider says of one symbol.
 *
 * @param symbol without the provider's prefix: {@code SPX}, {@code SPY}
 * @param apiSymbol as the provider has it: {@code I:SPX}, {@code SPY}
 * @param value dollars or index points
 * @param volume shares of the day; null for an index
 * @param timestamp the provider's time, Unix milliseconds
 * @param marketStatus {@code open}, {@code closed}, {@code early_trading}, {@code late_trading};
 *     null if it was not told
 * @param timeframe {@code REAL-TIME} or {@code DELAYED}; null if it was not told
 */
public record SpotPrice(
        String symbol,
        String apiSymbol,
        BigDecimal value,
        Long volume,
        long timestamp,
        String marketStatus,
        String timeframe) {

    public SpotPrice {
        Objects.requireNonNull(symbol, "symbol");
        Objects.requireNonNull(apiSymbol, "apiSymbol");
        Objects.requireNonNull(value, "value");
    }
}

package io.massivepipeline.sources.poll;

import java.util.Set;

/** How the provider names an underlying: an index with a prefix, {@code I:SPX}, a stock bare. */
public final class ProviderSymbol {

    private static final String INDEX = "I:";

    /** Indices that have listed options (provider's tickers; Cboe, Nasdaq). */
    private static final Set<String> INDICES =
            Set.of("SPX", "NDX", "RUT", "VIX", "XSP", "DJX", "OEX", "XEO", "MRUT", "XND");

    private ProviderSymbol() {}

    /** {@code I:SPX} for {@code SPX}; {@code SPY} for {@code SPY}. */
    public static String of(String symbol) {
        return INDICES.contains(symbol) ? INDEX + symbol : symbol;
    }

    /** {@code SPX} for {@code I:SPX}; {@code SPY} for {@code SPY}. */
    public static String bare(String symbol) {
        return symbol.startsWith(INDEX) ? symbol.substring(INDEX.length()) : symbol;
    }
}

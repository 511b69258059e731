package io.massivepipeline.sources.poll.chain;

/**
 * The source of chains: of each underlying the first listed expiries with the strikes around the
 * money, whole or not at all, at a fixed rate, with how that fares beside them.
 *
 * <pre>{@code
 * env.fromSource(
 *         ChainSource.builder().underlyings(List.of("SPX", "SPY")).expirations(5).build(),
 *         WatermarkStrategy.noWatermarks(),
 *         "Chains");
 * }</pre>
 *
 * <p>A chain that does not come is no reason to fail; a wrong key is. What kind of source it is,
 * says {@link io.massivepipeline.sources.poll.PollingSource}.
 */
public final class ChainSource {

    private ChainSource() {}

    public static ChainSourceBuilder builder() {
        return new ChainSourceBuilder();
    }
}

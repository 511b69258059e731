package io.massivepipeline.sources.poll.spot;

/**
 * The source of prices: all symbols in one request, at a fixed rate, with how that fares beside
 * them.
 *
 * <pre>{@code
 * env.fromSource(
 *         SpotSource.builder().symbols(List.of("I:SPX", "I:VIX")).build(),
 *         WatermarkStrategy.noWatermarks(),
 *         "Spot");
 * }</pre>
 *
 * <p>What the provider does not tell of a symbol is no reason to fail; a wrong key is. What kind of
 * source it is, says {@link io.massivepipeline.sources.poll.PollingSource}.
 */
public final class SpotSource {

    private SpotSource() {}

    public static SpotSourceBuilder builder() {
        return new SpotSourceBuilder();
    }
}

package io.massivepipeline.job.output;

import io.massivepipeline.job.context.Spot;
import io.massivepipeline.sinks.redis.AddToSortedSet;
import io.massivepipeline.sinks.redis.PutString;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.RedisWriteConverter;
import io.massivepipeline.sinks.redis.WriteGroup;
import io.massivepipeline.sources.poll.spot.SpotPrice;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * A price to {@code massive:model:spot:{S}} and, as one group with it, to the trail of the symbol,
 * where a day is kept by the provider's time.
 */
final class SpotWrites implements RedisWriteConverter<Spot> {

    private static final long serialVersionUID = 1L;
    private static final Duration TRAIL = Duration.ofDays(1);
    private static final long SECOND = 1000;

    private final Clock clock;

    /**
     * @param clock for the expiry of a trail to which nothing is added any more; serializable
     */
    SpotWrites(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void convert(Spot spot, Consumer<RedisWrite> out) {
        SpotPrice price = spot.price();
        byte[] json = json(spot);
        long seconds = Math.floorDiv(price.timestamp(), SECOND);
        String symbol = price.symbol();
        out.accept(
                WriteGroup.of(
                        PutString.of(RedisKeys.spot(symbol), json),
                        AddToSortedSet.of(
                                        RedisKeys.spotTrail(symbol),
                                        new String(json, StandardCharsets.UTF_8),
                                        seconds)
                                .keepFrom(seconds - TRAIL.toSeconds())
                                .expireAt(clock.millis() + TRAIL.toMillis())));
    }

    private static byte[] json(Spot spot) {
        SpotPrice price = spot.price();
        return JsonText.object(
                (json, fields) -> {
                    fields.text("symbol", price.symbol());
                    fields.text("api_symbol", price.apiSymbol());
                    fields.decimal("value", price.value());
                    fields.number("volume", price.volume());
                    fields.text("ts", Instant.ofEpochMilli(price.timestamp()).toString());
                    fields.number("ts_ms", price.timestamp());
                    fields.number("polled_at_ms", spot.at());
                    fields.text("market_status", price.marketStatus());
                    fields.text("timeframe", price.timeframe());
                });
    }
}

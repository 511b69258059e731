package io.massivepipeline.sinks.redis.example;

import io.massivepipeline.sinks.redis.RedisConnectionConfig;
import io.massivepipeline.sinks.redis.RedisSink;
import io.massivepipeline.sinks.redis.StreamAppend;

import org.apache.flink.streaming.api.datastream.DataStream;

/** The example of the README. */
public final class PricesToRedis {

    public record Price(String symbol, long time, long number, String price) {}

    public static void write(DataStream<Price> prices) {
        RedisSink<Price> sink =
                RedisSink.<Price>builder()
                        .setConnection(RedisConnectionConfig.of("redis://localhost:6379"))
                        .setConverter((price, out) -> out.accept(append(price)))
                        .build();
        prices.keyBy(Price::symbol).sinkTo(sink).name("Redis").uid("redis");
    }

    private static StreamAppend append(Price price) {
        return StreamAppend.to("prices:" + price.symbol(), "price")
                .maxLength(100_000)
                .add(price.time(), price.number(), price.price())
                .build();
    }
}

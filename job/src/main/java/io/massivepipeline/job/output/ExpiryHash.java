package io.massivepipeline.job.output;

import io.massivepipeline.job.analytics.ExpiryAnalytics;
import io.massivepipeline.sinks.redis.PutHash;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.RedisWriteConverter;

import java.util.function.Consumer;

/** Where an expiry stands to {@code massive:ws:analytics:{U}:{E}}. */
final class ExpiryHash implements RedisWriteConverter<ExpiryAnalytics> {

    private static final long serialVersionUID = 1L;

    private final Retention retention;

    ExpiryHash(Retention retention) {
        this.retention = retention;
    }

    @Override
    public void convert(ExpiryAnalytics analytics, Consumer<RedisWrite> out) {
        out.accept(
                PutHash.of(RedisKeys.analytics(analytics.stream()), DayFields.of(analytics.day()))
                        .expireAt(retention.expireAt(analytics.stream().expiry())));
    }
}

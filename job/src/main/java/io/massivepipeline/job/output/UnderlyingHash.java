package io.massivepipeline.job.output;

import io.massivepipeline.job.analytics.UnderlyingAnalytics;
import io.massivepipeline.sinks.redis.PutHash;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.RedisWriteConverter;

import java.util.function.Consumer;

/** Where an underlying stands to {@code massive:ws:analytics:{U}}, which never expires. */
final class UnderlyingHash implements RedisWriteConverter<UnderlyingAnalytics> {

    private static final long serialVersionUID = 1L;

    @Override
    public void convert(UnderlyingAnalytics analytics, Consumer<RedisWrite> out) {
        out.accept(
                PutHash.of(
                        RedisKeys.analytics(analytics.underlying()),
                        DayFields.of(analytics.day())));
    }
}

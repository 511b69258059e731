package io.massivepipeline.job.output;

import io.massivepipeline.sinks.redis.PutString;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.RedisWriteConverter;
import io.massivepipeline.sources.feed.RawFrame;

import java.util.function.Consumer;

/** A frame as received to {@code massive:ws:raw:last_sample}. */
final class LastSample implements RedisWriteConverter<RawFrame> {

    private static final long serialVersionUID = 1L;

    @Override
    public void convert(RawFrame frame, Consumer<RedisWrite> out) {
        out.accept(PutString.of(RedisKeys.LAST_SAMPLE, frame.payload()));
    }
}

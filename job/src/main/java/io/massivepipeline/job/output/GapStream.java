package io.massivepipeline.job.output;

import io.massivepipeline.sinks.redis.PassedIds;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.RedisWriteConverter;
import io.massivepipeline.sinks.redis.StreamAppend;
import io.massivepipeline.sources.feed.FeedGap;

import java.util.function.Consumer;

/** Where the feed was not heard to entries of {@code massive:ws:gaps}. */
final class GapStream implements RedisWriteConverter<FeedGap> {

    private static final long serialVersionUID = 1L;
    private static final long MAX_LENGTH = 10_000;
    private static final String[] FIELDS = {"from", "to", "reason", "frames_lost"};

    @Override
    public void convert(FeedGap gap, Consumer<RedisWrite> out) {
        boolean known = gap.framesLost() != FeedGap.UNKNOWN;
        out.accept(
                StreamAppend.to(RedisKeys.GAPS, FIELDS)
                        .maxLength(MAX_LENGTH)
                        .onPassed(PassedIds.FIRST_STANDS)
                        .add(
                                gap.to(),
                                0,
                                Long.toString(gap.from()),
                                Long.toString(gap.to()),
                                gap.reason(),
                                known ? Long.toString(gap.framesLost()) : "")
                        .build());
    }
}

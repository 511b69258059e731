package io.massivepipeline.job.output;

import io.massivepipeline.job.analytics.OneSecondWindow;
import io.massivepipeline.job.analytics.TradeSums;
import io.massivepipeline.sinks.redis.PassedIds;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.RedisWriteConverter;
import io.massivepipeline.sinks.redis.StreamAppend;

import java.util.function.Consumer;

/** One-second windows to entries of {@code massive:ws:windows:{U}:{E}}. */
final class WindowStreams implements RedisWriteConverter<OneSecondWindow> {

    private static final long serialVersionUID = 1L;

    /** A day of seconds. */
    private static final long MAX_LENGTH = 86_400;

    private static final String[] FIELDS = {
        "trades", "volume", "call_volume", "put_volume", "premium", "burst_max"
    };

    private final Retention retention;

    WindowStreams(Retention retention) {
        this.retention = retention;
    }

    @Override
    public void convert(OneSecondWindow window, Consumer<RedisWrite> out) {
        TradeSums sums = window.sums();
        out.accept(
                StreamAppend.to(RedisKeys.windows(window.stream()), FIELDS)
                        .maxLength(MAX_LENGTH)
                        .expireAt(retention.expireAt(window.stream().expiry()))
                        .onPassed(PassedIds.FIRST_STANDS)
                        .add(
                                window.end(),
                                0,
                                Long.toString(sums.trades()),
                                Long.toString(sums.volume()),
                                Long.toString(sums.callVolume()),
                                Long.toString(sums.putVolume()),
                                sums.premium().toPlainString(),
                                Integer.toString(sums.largestGroup()))
                        .build());
    }
}

package io.massivepipeline.job.output;

import io.massivepipeline.job.analytics.ClosedWindows;
import io.massivepipeline.job.analytics.OneSecondWindow;
import io.massivepipeline.job.analytics.TradeSums;
import io.massivepipeline.sinks.redis.PassedIds;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.RedisWriteConverter;
import io.massivepipeline.sinks.redis.StreamAppend;
import io.massivepipeline.sinks.redis.StreamAppendBuilder;

import org.apache.flink.api.connector.sink2.WriterInitContext;

import java.util.function.Consumer;

/** One-second windows to entries of {@code massive:ws:windows:{U}:{E}}. */
final class WindowStreams implements RedisWriteConverter<ClosedWindows> {

    private static final long serialVersionUID = 1L;

    /** A day of seconds. */
    private static final long MAX_LENGTH = 86_400;

    private static final String[] FIELDS = {
        "trades", "volume", "call_volume", "put_volume", "premium", "burst_max"
    };

    private final Retention retention;
    private transient StreamBuilders builders;

    WindowStreams(Retention retention) {
        this.retention = retention;
    }

    @Override
    public void open(WriterInitContext context) {
        builders =
                new StreamBuilders(
                        stream ->
                                StreamAppend.to(RedisKeys.windows(stream), FIELDS)
                                        .maxLength(MAX_LENGTH)
                                        .onPassed(PassedIds.FIRST_STANDS));
    }

    @Override
    public void convert(ClosedWindows closed, Consumer<RedisWrite> out) {
        StreamAppendBuilder append =
                builders.of(closed.stream()).expireAt(retention.expireAt(closed.stream().expiry()));
        for (OneSecondWindow window : closed.windows()) {
            TradeSums sums = window.sums();
            append.entry(window.end(), 0)
                    .value(sums.trades())
                    .value(sums.volume())
                    .value(sums.callVolume())
                    .value(sums.putVolume())
                    .value(sums.premium().toPlainString())
                    .value(sums.largestGroup());
        }
        out.accept(append.build());
    }
}

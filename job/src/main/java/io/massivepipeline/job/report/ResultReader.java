package io.massivepipeline.job.report;

import io.massivepipeline.job.output.RedisKeys;
import io.massivepipeline.sinks.redis.connection.RedisConnection;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Reads back what stands in Redis after a replay. */
public final class ResultReader {

    private static final int SCAN_PAGE = 1000;

    private final RedisClusterCommands<String, String> redis;

    public ResultReader(RedisConnection<String, String> connection) {
        this.redis = connection.sync();
    }

    /**
     * Reads streams and counters.
     *
     * @param took how long the replay took
     */
    public ReplayResult read(Duration took) {
        List<StreamRow> rows = new ArrayList<>();
        ScanIterator<String> keys =
                ScanIterator.scan(
                        redis, ScanArgs.Builder.matches(RedisKeys.TRADES_PATTERN).limit(SCAN_PAGE));
        keys.forEachRemaining(key -> rows.add(row(key)));
        rows.sort(
                Comparator.comparingLong(StreamRow::entries)
                        .reversed()
                        .thenComparing(StreamRow::key));
        return new ReplayResult(rows, redis.hgetall(RedisKeys.ANALYTICS), took);
    }

    private StreamRow row(String key) {
        String stream = RedisKeys.streamOf(key);
        Map<String, String> sums = redis.hgetall(RedisKeys.ANALYTICS + ":" + stream);
        return new StreamRow(
                stream,
                redis.xlen(key),
                sums.getOrDefault("volume", ""),
                sums.getOrDefault("call_volume", ""),
                sums.getOrDefault("put_volume", ""),
                timestamp(redis.xrange(key, Range.unbounded(), Limit.from(1))),
                timestamp(redis.xrevrange(key, Range.unbounded(), Limit.from(1))));
    }

    private static long timestamp(List<StreamMessage<String, String>> entries) {
        return entries.isEmpty() ? 0 : Long.parseLong(entries.get(0).getId().split("-")[0]);
    }
}

package io.massivepipeline.job.report.result;

import io.massivepipeline.job.output.RedisKeys;
import io.massivepipeline.job.structure.StreamKey;

import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads back what a terminal shows of a replay. */
public final class ResultReader {

    private static final int SCAN_PAGE = 1000;

    /** Windows are read of so many expiries, those with the largest bursts. */
    private static final int EXPIRIES_SEARCHED = 8;

    private static final int BURSTS = 8;
    private static final int CONTRACTS = 8;

    private final RedisClusterCommands<String, String> redis;

    public ResultReader(RedisClusterCommands<String, String> redis) {
        this.redis = redis;
    }

    /**
     * Reads counters, bursts and contracts.
     *
     * @param took how long the replay took
     */
    public ReplayResult read(Duration took) {
        List<ExpiryResult> expiries = expiries();
        return new ReplayResult(
                expiries,
                redis.hgetall(RedisKeys.ANALYTICS),
                bursts(expiries),
                new ActiveReader(redis).read(expiries, CONTRACTS),
                took);
    }

    private List<ExpiryResult> expiries() {
        List<ExpiryResult> expiries = new ArrayList<>();
        ScanIterator<String> keys =
                ScanIterator.scan(
                        redis, ScanArgs.Builder.matches(RedisKeys.TRADES_PATTERN).limit(SCAN_PAGE));
        keys.forEachRemaining(key -> expiries.add(expiry(key)));
        expiries.sort(
                Comparator.comparingLong(ExpiryResult::entries)
                        .reversed()
                        .thenComparing(ExpiryResult::key));
        return List.copyOf(expiries);
    }

    private ExpiryResult expiry(String tradesKey) {
        String key = RedisKeys.streamOf(tradesKey);
        return new ExpiryResult(
                key,
                redis.xlen(tradesKey),
                redis.hgetall(RedisKeys.analytics(StreamKey.parse(key))));
    }

    private List<Burst> bursts(List<ExpiryResult> expiries) {
        LargestBursts largest = new LargestBursts(BURSTS);
        WindowScan windows = new WindowScan(redis);
        expiries.stream()
                .sorted(
                        Comparator.comparingLong(
                                        (ExpiryResult expiry) -> expiry.number("burst_max"))
                                .reversed())
                .limit(EXPIRIES_SEARCHED)
                .forEach(expiry -> windows.forEach(expiry.key(), largest));
        return largest.largestFirst();
    }
}

package io.massivepipeline.job.report.result;

import io.lettuce.core.cluster.api.sync.RedisClusterCommands;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads back what a page shows of a replay. All that it reads is bounded, whatever the feed. */
public final class DetailsReader {

    private static final int EXPIRIES = 200;
    private static final int NAMED_UNDERLYINGS = 6;
    private static final int BURSTS = 400;
    private static final int CONTRACTS = 30;
    private static final int SNAPSHOTS = 40;

    private final RedisClusterCommands<String, String> redis;

    public DetailsReader(RedisClusterCommands<String, String> redis) {
        this.redis = redis;
    }

    /**
     * Reads windows, contracts and snapshots.
     *
     * @param expiries by entries, most first
     */
    public ReplayDetails read(List<ExpiryResult> expiries) {
        List<ExpiryResult> busiest = expiries.subList(0, Math.min(EXPIRIES, expiries.size()));
        TimelineBuilder timeline = new TimelineBuilder(busiestUnderlyings(busiest));
        LargestBursts bursts = new LargestBursts(BURSTS);
        WindowScan windows = new WindowScan(redis);
        for (ExpiryResult expiry : busiest) {
            windows.forEach(
                    expiry.key(),
                    (key, second, fields) -> {
                        timeline.visit(key, second, fields);
                        bursts.visit(key, second, fields);
                    });
        }
        SnapshotReader snapshots = new SnapshotReader(redis);
        List<String> keys = snapshots.keys();
        List<String> shown = keys.subList(0, Math.min(SNAPSHOTS, keys.size()));
        return new ReplayDetails(
                timeline.build(),
                busiest.size(),
                bursts.largestFirst(),
                new ActiveReader(redis).read(busiest, CONTRACTS),
                snapshots.read(shown),
                keys.size() - shown.size());
    }

    private static List<String> busiestUnderlyings(List<ExpiryResult> expiries) {
        Map<String, Long> entries = new LinkedHashMap<>();
        for (ExpiryResult expiry : expiries) {
            entries.merge(expiry.underlying(), expiry.entries(), Long::sum);
        }
        List<Map.Entry<String, Long>> order = new ArrayList<>(entries.entrySet());
        order.sort(Map.Entry.<String, Long>comparingByValue().reversed());
        return order.stream().limit(NAMED_UNDERLYINGS).map(Map.Entry::getKey).toList();
    }
}

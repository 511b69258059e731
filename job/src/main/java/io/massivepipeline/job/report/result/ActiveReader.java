package io.massivepipeline.job.report.result;

import io.massivepipeline.job.output.RedisKeys;
import io.massivepipeline.job.structure.StreamKey;

import io.lettuce.core.ScoredValue;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads which contracts traded most at the end. */
final class ActiveReader {

    private static final Comparator<ActiveContract> MOST_FIRST =
            Comparator.comparingLong(ActiveContract::volume)
                    .reversed()
                    .thenComparing(ActiveContract::contract);

    private final RedisClusterCommands<String, String> redis;

    ActiveReader(RedisClusterCommands<String, String> redis) {
        this.redis = redis;
    }

    /** Of each expiry the first few are enough to find the first few of all. */
    List<ActiveContract> read(List<ExpiryResult> expiries, int most) {
        List<ActiveContract> active = new ArrayList<>();
        for (ExpiryResult expiry : expiries) {
            String top = RedisKeys.top(StreamKey.parse(expiry.key()));
            for (ScoredValue<String> contract : redis.zrevrangeWithScores(top, 0, most - 1L)) {
                active.add(
                        new ActiveContract(
                                expiry.key(), contract.getValue(), (long) contract.getScore()));
            }
        }
        return active.stream().sorted(MOST_FIRST).limit(most).toList();
    }
}

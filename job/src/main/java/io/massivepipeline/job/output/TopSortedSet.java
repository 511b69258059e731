package io.massivepipeline.job.output;

import io.massivepipeline.job.analytics.ContractVolume;
import io.massivepipeline.job.analytics.TopContracts;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.RedisWriteConverter;
import io.massivepipeline.sinks.redis.ReplaceSortedSet;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What trades most to {@code massive:ws:analytics:top:{U}:{E}}, volumes as scores. */
final class TopSortedSet implements RedisWriteConverter<TopContracts> {

    private static final long serialVersionUID = 1L;

    private final Retention retention;

    TopSortedSet(Retention retention) {
        this.retention = retention;
    }

    @Override
    public void convert(TopContracts top, Consumer<RedisWrite> out) {
        Map<String, Double> members = new HashMap<>();
        for (ContractVolume contract : top.contracts()) {
            members.put(contract.contract(), (double) contract.volume());
        }
        out.accept(
                ReplaceSortedSet.of(RedisKeys.top(top.stream()), members)
                        .expireAt(retention.expireAt(top.stream().expiry())));
    }
}

package io.massivepipeline.job.output;

import io.massivepipeline.sinks.redis.PutHash;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.RedisWriteConverter;
import io.massivepipeline.sources.poll.PollStatistics;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** How a poller fares to {@code massive:spot:analytics} or {@code massive:chain:analytics}. */
final class PollHash implements RedisWriteConverter<PollStatistics> {

    private static final long serialVersionUID = 1L;

    @Override
    public void convert(PollStatistics polls, Consumer<RedisWrite> out) {
        String key =
                switch (polls.kind()) {
                    case SPOT -> RedisKeys.SPOT_ANALYTICS;
                    case CHAIN -> RedisKeys.CHAIN_ANALYTICS;
                };
        out.accept(PutHash.of(key, fields(polls)));
    }

    private static Map<String, String> fields(PollStatistics polls) {
        Map<String, String> fields = new HashMap<>();
        fields.put("runs", Long.toString(polls.runs()));
        fields.put("errors", Long.toString(polls.errors()));
        fields.put("pages", Long.toString(polls.pages()));
        fields.put("contracts", Long.toString(polls.contracts()));
        fields.put("latency_last_ms", Long.toString(polls.latencyLastMs()));
        fields.put("latency_p99_ms", Long.toString(polls.latencyP99Ms()));
        fields.put("last_ts", Long.toString(polls.lastTs()));
        fields.put("rate_limited", Long.toString(polls.rateLimited()));
        return fields;
    }
}

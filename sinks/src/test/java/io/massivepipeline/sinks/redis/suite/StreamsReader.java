package io.massivepipeline.sinks.redis.suite;

import io.massivepipeline.fixtures.redis.RespClient;

import org.apache.flink.connector.testframe.external.ExternalSystemDataReader;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what all streams with a common beginning of their keys have got since it last looked. */
final class StreamsReader implements ExternalSystemDataReader<String> {

    private final RespClient redis;
    private final String prefix;
    private final Map<String, Integer> seen = new HashMap<>();

    StreamsReader(RespClient redis, String prefix) {
        this.redis = redis;
        this.prefix = prefix;
    }

    @Override
    public List<String> poll(Duration timeout) {
        List<String> fresh = new ArrayList<>();
        for (String stream : redis.texts("KEYS", prefix + "*")) {
            List<RespClient.StreamEntry> entries = redis.stream(stream);
            entries.stream()
                    .skip(seen.getOrDefault(stream, 0))
                    .map(entry -> entry.fields().get(NumberedRecords.FIELD))
                    .forEach(fresh::add);
            seen.put(stream, entries.size());
        }
        return fresh;
    }

    @Override
    public void close() {
        redis.close();
    }
}

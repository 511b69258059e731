package io.massivepipeline.job.report.result;

import io.massivepipeline.job.output.RedisKeys;
import io.massivepipeline.job.structure.StreamKey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;

import java.util.ArrayList;
import java.util.List;

/** Reads snapshots as they stand, found by their index. */
final class SnapshotReader {

    private final ObjectMapper json =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final RedisClusterCommands<String, String> redis;

    SnapshotReader(RedisClusterCommands<String, String> redis) {
        this.redis = redis;
    }

    /** Underlyings and expiries of all snapshots, sorted. */
    List<String> keys() {
        return redis.hkeys(RedisKeys.SNAPSHOT_INDEX).stream().sorted().toList();
    }

    /**
     * The snapshots of these keys. One that is in the index and has expired is left out.
     *
     * @throws IllegalStateException if a value is not the job's
     */
    List<JsonNode> read(List<String> keys) {
        List<JsonNode> snapshots = new ArrayList<>();
        for (String key : keys) {
            String value = redis.get(RedisKeys.snapshot(StreamKey.parse(key)));
            if (value != null) {
                snapshots.add(parse(key, value));
            }
        }
        return snapshots;
    }

    private JsonNode parse(String key, String value) {
        try {
            return json.readTree(value);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("The snapshot of " + key + " is not JSON.", broken);
        }
    }
}

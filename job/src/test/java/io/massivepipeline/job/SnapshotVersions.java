package io.massivepipeline.job;

import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.job.oracle.FeedOracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lettuce.core.RedisClient;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** By key and version all snapshots of a run, without the wall clock, to be compared. */
final class SnapshotVersions {

    private SnapshotVersions() {}

    /** Those to which the streams of diffs lead. */
    static Map<String, TreeMap<Long, String>> standing(RedisServer server) {
        try (RedisClient client = RedisClient.create(server.uri())) {
            return standing(client.connect().sync());
        }
    }

    /** Those to which the streams of diffs lead. */
    static Map<String, TreeMap<Long, String>> standing(RedisClusterCommands<String, String> redis) {
        return SnapshotReader.versionsOf(redis, SnapshotVersions::text);
    }

    /** Those that the contract wants of SPX and NDX in a feed without context. */
    static Map<String, TreeMap<Long, String>> expected(Path feed) throws IOException {
        Map<String, TreeMap<Long, String>> expected = new TreeMap<>();
        FeedOracle.of(feed, 100)
                .snapshots(List.of(), 200)
                .values(Set.of("SPX", "NDX"))
                .forEach(
                        (key, values) -> {
                            expected.put(key, new TreeMap<>());
                            values.forEach(
                                    (version, value) ->
                                            expected.get(key).put(version, text(value)));
                        });
        return expected;
    }

    private static String text(ObjectNode value) {
        ObjectNode rest = value.objectNode();
        rest.setAll(value);
        rest.remove("published_at");
        return rest.toString();
    }
}

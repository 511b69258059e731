package io.massivepipeline.job;

import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.job.oracle.SnapshotDiffs;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads snapshots as fast as it can while they are written, and listens to all that is said of
 * them; afterwards it tells whether everything it saw belongs together.
 */
final class SnapshotReader implements AutoCloseable {

    private static final String PREFIX = "massive:ws:snapshot:";
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
                    .build();

    private final RedisClient client;
    private final RedisCommands<String, String> redis;
    private final Map<String, ConcurrentLinkedQueue<String>> messages = new ConcurrentHashMap<>();
    private final Map<String, TreeMap<Long, String>> seen = new HashMap<>();
    private final Thread thread;

    private volatile boolean stopped;
    private volatile Throwable failure;

    SnapshotReader(RedisServer server) {
        client = RedisClient.create(server.uri());
        redis = client.connect().sync();
        var listening = client.connectPubSub();
        listening.addListener(
                new RedisPubSubAdapter<>() {
                    @Override
                    public void message(String pattern, String channel, String message) {
                        String key = channel.substring(PREFIX.length(), channel.lastIndexOf(':'));
                        messages.computeIfAbsent(key, k -> new ConcurrentLinkedQueue<>())
                                .add(message);
                    }
                });
        listening.sync().psubscribe(PREFIX + "*:diff");
        thread = new Thread(this::readOnAndOn, "snapshot-reader");
        thread.start();
    }

    private void readOnAndOn() {
        try {
            while (!stopped) {
                for (String key : redis.hkeys(PREFIX + "index")) {
                    read(key);
                }
            }
        } catch (Throwable unexpected) {
            failure = unexpected;
        }
    }

    /** What is read later must not be older: neither by key, nor between diffs, value and index. */
    private void read(String key) throws IOException {
        List<StreamMessage<String, String>> top =
                redis.xrevrange(PREFIX + key + ":diffs", Range.unbounded(), Limit.from(1));
        String value = redis.get(PREFIX + key);
        long indexed = Long.parseLong(redis.hget(PREFIX + "index", key).split(" ")[0]);
        long version = JSON.readTree(value).get("version").asLong();
        long topId = Long.parseLong(top.get(0).getId().split("-")[0]);
        assertThat(topId).as("newest diff of %s, its value", key).isLessThanOrEqualTo(version);
        assertThat(version).as("version and index of %s", key).isLessThanOrEqualTo(indexed);
        TreeMap<Long, String> known = seen.computeIfAbsent(key, k -> new TreeMap<>());
        if (!known.isEmpty()) {
            assertThat(version).as("version of %s", key).isGreaterThanOrEqualTo(known.lastKey());
        }
        String before = known.put(version, value);
        if (before != null) {
            assertThat(value).as("%s %d", key, version).isEqualTo(before);
        }
    }

    /**
     * Ends the reading, and puts all versions together out of diffs alone.
     *
     * @return by key and version, the values
     */
    Map<String, TreeMap<Long, ObjectNode>> allVersions() throws Exception {
        stopped = true;
        thread.join();
        assertThat(failure).isNull();
        Map<String, TreeMap<Long, ObjectNode>> all = new TreeMap<>();
        messages.forEach((key, diffs) -> all.put(key, follow(diffs)));
        return all;
    }

    /** By key and version: the values that the streams of diffs lead to, each as it is shown. */
    static Map<String, TreeMap<Long, String>> versionsOf(
            RedisClusterCommands<String, String> redis, Function<ObjectNode, String> show) {
        Map<String, TreeMap<Long, String>> all = new TreeMap<>();
        for (String key : redis.hkeys(PREFIX + "index")) {
            List<String> diffs =
                    redis.xrange(PREFIX + key + ":diffs", Range.unbounded()).stream()
                            .map(entry -> entry.getBody().get("json"))
                            .toList();
            TreeMap<Long, String> shown = new TreeMap<>();
            follow(diffs).forEach((version, value) -> shown.put(version, show.apply(value)));
            all.put(key, shown);
        }
        return all;
    }

    /** The values that diffs lead to. */
    static TreeMap<Long, ObjectNode> follow(Iterable<String> diffs) {
        TreeMap<Long, ObjectNode> values = new TreeMap<>();
        try {
            for (String text : diffs) {
                ObjectNode diff = (ObjectNode) JSON.readTree(text);
                ObjectNode before = values.isEmpty() ? null : values.lastEntry().getValue();
                ObjectNode value = SnapshotDiffs.apply(before, diff);
                values.put(value.get("version").asLong(), value);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return values;
    }

    /** Every value that was read is, to the last character, the one that the diffs lead to. */
    int checkWhatWasRead(Map<String, TreeMap<Long, ObjectNode>> all) throws IOException {
        int checked = 0;
        for (Map.Entry<String, TreeMap<Long, String>> key : seen.entrySet()) {
            for (Map.Entry<Long, String> read : key.getValue().entrySet()) {
                assertThat(read.getValue())
                        .as("%s %d", key.getKey(), read.getKey())
                        .isEqualTo(all.get(key.getKey()).get(read.getKey()).toString());
                checked++;
            }
        }
        return checked;
    }

    /** The value that stands. */
    String value(String key) {
        return redis.get(PREFIX + key);
    }

    /** By key: version, when it was published, rows. */
    Map<String, String> index() {
        return redis.hgetall(PREFIX + "index");
    }

    /** The hash of an expiry's analytics. */
    Map<String, String> analytics(String key) {
        return redis.hgetall("massive:ws:analytics:" + key);
    }

    /** Milliseconds until a key expires. */
    long expiresIn(String key) {
        return redis.pttl(PREFIX + key);
    }

    @Override
    public void close() throws Exception {
        stopped = true;
        thread.join();
        client.shutdown();
    }
}

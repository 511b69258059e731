package io.massivepipeline.job.oracle;

import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RespClient;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;

import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/** Compares what stands in Redis with what the contract wants of a feed. */
public final class RedisContent {

    /** Of a trade, in their order. */
    private static final List<String> FIELDS =
            List.of(
                    "contract",
                    "price",
                    "size",
                    "ts",
                    "side",
                    "exchange",
                    "conditions",
                    "q",
                    "report");

    private final RedisServer server;
    private final AnalyticsContent analytics;

    public RedisContent(RedisServer server) {
        this.server = server;
        this.analytics = new AnalyticsContent(server);
    }

    /**
     * Every distinct trade once, in its stream, in order, and nothing else; counters and analytics
     * exact.
     */
    public void agreesWith(FeedOracle expected) {
        hasStreamsOf(expected);
        hasTotalsOf(expected);
        analytics.agreesWith(expected.analytics());
    }

    /** The counters of the job that the feed determines. */
    public void hasTotalsOf(FeedOracle expected) {
        Map<String, String> counters = hash("massive:ws:analytics");
        Map<String, Long> have = new TreeMap<>();
        expected.totals()
                .keySet()
                .forEach(name -> have.put(name, Long.parseLong(counters.getOrDefault(name, "0"))));
        assertThat(have).isEqualTo(expected.totals());
    }

    /** The streams alone. */
    public void hasStreamsOf(FeedOracle expected) {
        try (RedisClient client = RedisClient.create(server.uri());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            RedisCommands<String, String> redis = connection.sync();
            assertThat(redis.keys("massive:trades:*"))
                    .containsExactlyInAnyOrderElementsOf(expected.streams().keySet());
            // Of a million trades each core can compare its part.
            expected.streams().entrySet().parallelStream()
                    .forEach(each -> compare(redis, each.getKey(), each.getValue(), expected));
        }
    }

    private static void compare(
            RedisCommands<String, String> redis,
            String key,
            Map<String, Map<String, String>> want,
            FeedOracle expected) {
        Set<String> have = new HashSet<>();
        Set<String> late = new HashSet<>();
        for (StreamMessage<String, String> entry : redis.xrange(key, Range.unbounded())) {
            Map<String, String> fields = new LinkedHashMap<>(entry.getBody());
            String own = fields.remove("late_of");
            if (own != null) {
                late.add(own);
            }
            String id = own == null ? entry.getId() : own;
            // Asserted only if it is wrong, since that takes longer than to compare.
            if (!have.add(id)) {
                fail("%s %s twice", key, id);
            }
            if (!fields.equals(want.get(id)) || !FIELDS.equals(List.copyOf(fields.keySet()))) {
                assertThat(fields).as("%s %s", key, id).isEqualTo(want.get(id));
                assertThat(fields.keySet()).as("%s %s", key, id).containsExactlyElementsOf(FIELDS);
            }
        }
        assertThat(want.keySet().stream().filter(id -> !have.contains(id)))
                .as("missing in %s", key)
                .isEmpty();
        late.removeAll(expected.late(key));
        assertThat(late).as("not late in %s", key).isEmpty();
    }

    /** All trade streams as they stand, with their ids and late marks. */
    public Map<String, List<StreamMessage<String, String>>> streams() {
        try (RedisClient client = RedisClient.create(server.uri());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            RedisCommands<String, String> redis = connection.sync();
            Map<String, List<StreamMessage<String, String>>> streams = new TreeMap<>();
            redis.keys("massive:trades:*")
                    .forEach(key -> streams.put(key, redis.xrange(key, Range.unbounded())));
            return streams;
        }
    }

    /** How many entries the streams hold together. */
    public long length(String pattern) {
        try (RespClient redis = server.connect()) {
            return redis.texts("KEYS", pattern).stream()
                    .mapToLong(key -> redis.number("XLEN", key))
                    .sum();
        }
    }

    /**
     * The sequence numbers of the trades in all streams.
     *
     * @param first the one that is 0 in the result
     */
    public BitSet numbers(long first) {
        try (RedisClient client = RedisClient.create(server.uri());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            RedisCommands<String, String> redis = connection.sync();
            BitSet numbers = new BitSet();
            for (String key : redis.keys("massive:trades:*")) {
                for (StreamMessage<String, String> trade : redis.xrange(key, Range.unbounded())) {
                    numbers.set((int) (Long.parseLong(trade.getBody().get("q")) - first));
                }
            }
            return numbers;
        }
    }

    /** The entries of one stream. */
    public List<StreamMessage<String, String>> stream(String key) {
        try (RedisClient client = RedisClient.create(server.uri());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            return connection.sync().xrange(key, Range.unbounded());
        }
    }

    /** A hash whole. */
    public Map<String, String> hash(String key) {
        try (RespClient redis = server.connect()) {
            return redis.hash(key);
        }
    }

    /** The id of the newest entry of a stream. */
    public String lastId(String key) {
        try (RedisClient client = RedisClient.create(server.uri());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            return connection
                    .sync()
                    .xrevrange(key, Range.unbounded(), Limit.from(1))
                    .get(0)
                    .getId();
        }
    }
}

package io.massivepipeline.job.oracle;

import io.massivepipeline.fixtures.redis.RedisServer;

import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares the analytics that stand in Redis with what the contract wants of a feed. */
public final class AnalyticsContent {

    private static final String PREFIX = "massive:ws:analytics";
    private static final String TOP = PREFIX + ":top:";
    private static final String WINDOWS = "massive:ws:windows:";
    private static final int TOP_CONTRACTS = 50;

    /** What has a sorted set, unless told otherwise. */
    private static final Set<String> WITH_TOP = Set.of("SPX", "NDX");

    private final String uri;

    public AnalyticsContent(RedisServer server) {
        this.uri = server.uri();
    }

    /** Every hash, window and sorted set as expected, to the last field, and no others. */
    public void agreesWith(AnalyticsOracle expected) {
        try (RedisClient client = RedisClient.create(uri);
                StatefulRedisConnection<String, String> connection = client.connect()) {
            RedisCommands<String, String> redis = connection.sync();
            assertThat(redis.hgetall(PREFIX)).containsAllEntriesOf(shown(expected.jobRates()));
            assertThat(hashes(redis)).isEqualTo(shownAll(expected.hashes()));
            assertThat(windows(redis)).isEqualTo(expectedWindows(expected));
            for (String expiry : expected.windows().keySet()) {
                if (WITH_TOP.contains(expiry.split(":")[0])) {
                    top(redis.zrevrangeWithScores(TOP + expiry, 0, -1), expected, expiry);
                }
            }
        }
    }

    private static Map<String, Map<String, String>> hashes(RedisCommands<String, String> redis) {
        Map<String, Map<String, String>> hashes = new TreeMap<>();
        for (String key : redis.keys(PREFIX + ":*")) {
            if (!key.startsWith(TOP)) {
                hashes.put(key.substring(PREFIX.length() + 1), redis.hgetall(key));
            }
        }
        return hashes;
    }

    private static Map<String, Map<String, String>> windows(RedisCommands<String, String> redis) {
        Map<String, Map<String, String>> windows = new TreeMap<>();
        for (String key : redis.keys(WINDOWS + "*")) {
            for (StreamMessage<String, String> entry : redis.xrange(key, Range.unbounded())) {
                windows.put(key.substring(WINDOWS.length()) + " " + entry.getId(), entry.getBody());
            }
        }
        return windows;
    }

    private static Map<String, Map<String, String>> expectedWindows(AnalyticsOracle expected) {
        Map<String, Map<String, String>> windows = new TreeMap<>();
        expected.windows()
                .forEach(
                        (key, seconds) ->
                                seconds.forEach(
                                        (end, fields) ->
                                                windows.put(
                                                        key + " " + end + "-0", shown(fields))));
        return windows;
    }

    /** The largest volumes; which of equal ones are among them is open. */
    private static void top(
            List<ScoredValue<String>> have, AnalyticsOracle expected, String expiry) {
        Map<String, Long> volumes = expected.recentVolumes(expiry);
        assertThat(have)
                .as("top of %s", expiry)
                .allSatisfy(
                        each ->
                                assertThat((long) each.getScore())
                                        .isEqualTo(volumes.get(each.getValue())));
        assertThat(have)
                .as("top of %s", expiry)
                .extracting(each -> (long) each.getScore())
                .containsExactlyElementsOf(
                        volumes.values().stream()
                                .sorted((a, b) -> Long.compare(b, a))
                                .limit(TOP_CONTRACTS)
                                .toList());
    }

    private static Map<String, Map<String, String>> shownAll(
            Map<String, Map<String, BigDecimal>> hashes) {
        return hashes.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> shown(each.getValue())));
    }

    /** In the form that the contract gives to numbers. */
    private static Map<String, String> shown(Map<String, BigDecimal> fields) {
        return fields.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                each -> each.getValue().stripTrailingZeros().toPlainString()));
    }
}

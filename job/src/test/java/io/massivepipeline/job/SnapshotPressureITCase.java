package io.massivepipeline.job;

import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;

import org.apache.flink.api.common.JobID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The budget of snapshots, as somebody sees it who listens to the whole job under pressure. */
@Timeout(240)
class SnapshotPressureITCase {

    private static final int MAX_RATE = 100;
    private static final long SECOND = 1000;
    private static final long CUT = 200;

    /** What the contract adds to the time in which all keys have their turn. */
    private static final long SPARE = 5 * SECOND;

    /** Publications, of two seconds more than anybody may wait. */
    private static final int ENOUGH = 2700;

    /** For how long a busy machine may stop between a token and what is published for it. */
    private static final long PAUSE = 200;

    @TempDir Path folder;

    @Test
    void theBudgetHoldsNobodyWaitsTooLongAndNearExpiriesAreFresher() throws Exception {
        try (RedisServer redis = RedisServers.embedded(RedisOptions.defaults());
                ReplayCluster cluster = new ReplayCluster(folder.resolve("checkpoints"));
                PublicationTape tape = new PublicationTape(redis)) {
            // Given 2 000 expiries that trade all the time, as fast as they did
            PressureFeed feed = PressureFeed.write(folder.resolve("feed.txt"), 3, 130);
            JobID job =
                    cluster.submit(
                            Map.of(
                                    "feed", folder.resolve("feed.txt").toString(),
                                    "replay.speed", "1",
                                    "redis.uri", redis.uri(),
                                    "snapshot.underlyings", "*",
                                    "snapshot.max-rate", Integer.toString(MAX_RATE),
                                    "parallelism.default", "2",
                                    "execution.checkpointing.interval", "10 s"));

            // When everybody should have had a turn and more
            await().atMost(Duration.ofSeconds(120)).until(() -> tape.size() > ENOUGH);
            cluster.cancel(job);
            List<PublicationTape.Entry> entries = tape.entries();

            // Then no second has more than the budget, and no ten, and it is used
            assertThat(quickest(entries, MAX_RATE)).isGreaterThanOrEqualTo(SECOND - PAUSE);
            assertThat(quickest(entries, 10 * MAX_RATE))
                    .isBetween(10 * SECOND - PAUSE, 20 * SECOND);

            // And nobody has waited for longer than the contract says
            long longest =
                    SPARE + PressureFeed.KEYS * slowest(entries, 10 * MAX_RATE) / (10 * MAX_RATE);
            Waits waits = new Waits(feed, entries);
            assertThat(waits.far()).hasSizeGreaterThan(PressureFeed.KEYS / 2);
            assertThat(waits.all()).allMatch(wait -> wait <= longest, "at most " + longest);

            // And near ones much less
            assertThat(mean(waits.near())).isLessThan(mean(waits.far()) / 3);
        }
    }

    /** The least time in which so many publications came after one, by the job's clock. */
    private static long quickest(List<PublicationTape.Entry> entries, int count) {
        return times(entries, count).min().orElseThrow();
    }

    /** The longest: what the budget says unless the machine is too busy. */
    private static long slowest(List<PublicationTape.Entry> entries, int count) {
        return times(entries, count).max().orElseThrow();
    }

    private static LongStream times(List<PublicationTape.Entry> entries, int count) {
        return IntStream.range(count, entries.size())
                .mapToLong(
                        i -> entries.get(i).publishedAt() - entries.get(i - count).publishedAt());
    }

    private static double mean(List<Long> values) {
        return values.stream().mapToLong(value -> value).average().orElseThrow();
    }

    /** How long changes waited until they were published, from what the feed held. */
    private static final class Waits {

        private final List<Long> near = new ArrayList<>();
        private final List<Long> far = new ArrayList<>();
        private final List<Long> unserved = new ArrayList<>();

        private Waits(PressureFeed feed, List<PublicationTape.Entry> entries) {
            // Event time runs as the wall clock does; the quickest publication tells the distance.
            long distance =
                    entries.stream()
                            .mapToLong(each -> each.publishedAt() - each.version())
                            .min()
                            .orElseThrow();
            Map<String, Long> versions = new HashMap<>();
            for (PublicationTape.Entry each : entries) {
                long base = versions.getOrDefault(each.key(), 0L);
                assertThat(each.base()).as("base of %s", each.key()).isEqualTo(base);
                long due = due(feed.trades().get(each.key()), base);
                (each.key().endsWith(PressureFeed.NEAR) ? near : far)
                        .add(each.publishedAt() - distance - due);
                versions.put(each.key(), each.version());
            }
            long end = entries.get(entries.size() - 1).publishedAt() - distance;
            feed.trades()
                    .forEach(
                            (key, trades) ->
                                    unserved.add(
                                            end - due(trades, versions.getOrDefault(key, 0L))));
        }

        /** The first cut after a version that holds a trade which the version does not. */
        private static long due(TreeSet<Long> trades, long version) {
            Long next = trades.ceiling(version);
            return next == null ? Long.MAX_VALUE / 2 : (next / CUT + 1) * CUT;
        }

        private List<Long> near() {
            return near;
        }

        private List<Long> far() {
            return far;
        }

        private List<Long> all() {
            return Stream.of(near, far, unserved).flatMap(List::stream).toList();
        }
    }
}

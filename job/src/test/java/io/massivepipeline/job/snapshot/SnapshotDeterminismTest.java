package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.context.ContextUpdate;
import io.massivepipeline.job.options.SnapshotSettings;
import io.massivepipeline.job.options.UnderlyingFilter;
import io.massivepipeline.job.oracle.FeedOracle;
import io.massivepipeline.job.oracle.RandomFeed;
import io.massivepipeline.job.oracle.SnapshotDiffs;
import io.massivepipeline.sources.feed.FeedEvent;
import io.massivepipeline.sources.feed.RawFrame;
import io.massivepipeline.sources.feed.Tick;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Versions and their content are a function of feed and context: what the contract says of both, to
 * the last character, at any parallelism, whatever fails, however far inputs are behind each other.
 */
class SnapshotDeterminismTest {

    private static final Set<String> UNDERLYINGS = Set.of("SPX", "NDX");
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
                    .build();

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "1, 1, 200, 100, 0, 1766437799000",
        "2, 4, 200, 100, 0, 1766437799000",
        "3, 2, 200, 100, 5, 1766437799000",
        "4, 3, 1000, 100, 5, 1766437799000",
        "5, 2, 300, 2000, 3, 1766437799000",
        "6, 2, 200, 100, 3, 1766451596000",
        "7, 3, 200, 20, 6, 1766437799000",
    })
    void valuesAndDiffsAreWhatTheContractSays(
            long seed, int parallelism, long interval, long delay, int failures, long start)
            throws Exception {
        // Given a feed with every difficulty, crossing 20:00 in New York for one, and context
        Path feed = RandomFeed.write(folder.resolve("feed.txt"), seed, 120, 4, start);
        List<FeedEvent> events = events(feed);
        List<ContextUpdate> context = RandomContext.between(start - 500, start + 20_000, seed);
        SnapshotSettings settings =
                new SnapshotSettings(
                        new UnderlyingFilter(false, UNDERLYINGS), Duration.ofMillis(interval), 0);

        // When it runs, with failures and changes of the parallelism in the middle
        Map<String, TreeMap<Long, Publication>> have = new TreeMap<>();
        try (SnapshotRun run =
                new SnapshotRun(settings, Duration.ofMillis(delay), parallelism, seed)) {
            play(run, events, context, failures, parallelism, new Random(seed));
            for (Publication each : run.published()) {
                Publication twice =
                        have.computeIfAbsent(each.stream().text(), k -> new TreeMap<>())
                                .put(each.version(), each);
                assertThat(twice).as("%s %d twice", each.stream(), each.version()).isNull();
            }
        }

        // Then each version has the content that the contract wants, and there is no other
        Map<String, TreeMap<Long, ObjectNode>> expected =
                FeedOracle.of(feed, delay).snapshots(context, interval).values(UNDERLYINGS);
        assertThat(have.keySet()).isEqualTo(expected.keySet());
        for (String key : expected.keySet()) {
            assertThat(have.get(key).keySet())
                    .as("versions of %s", key)
                    .containsExactlyElementsOf(expected.get(key).keySet());
            check(key, have.get(key), expected.get(key));
        }
    }

    private static void check(
            String key, TreeMap<Long, Publication> have, TreeMap<Long, ObjectNode> expected)
            throws Exception {
        JsonNode before = null;
        for (Publication each : have.values()) {
            ObjectNode value = (ObjectNode) JSON.readTree(each.value());
            assertThat(value.remove("published_at").asLong()).isEqualTo(each.publishedAt());
            assertThat(value.toString())
                    .as("%s %d", key, each.version())
                    .isEqualTo(expected.get(each.version()).toString());
            assertThat(each.rows()).isEqualTo(value.get("rows").size());
            ObjectNode diff = (ObjectNode) JSON.readTree(each.diff());
            diff.remove("published_at");
            assertThat(SnapshotDiffs.apply(before, diff).toString())
                    .as("diff of %s %d", key, each.version())
                    .isEqualTo(value.toString());
            assertThat(changed(before, value)).isEqualTo(diff.get("rows").size());
            before = value;
        }
    }

    private static int changed(JsonNode before, JsonNode value) {
        Map<String, JsonNode> rows = SnapshotDiffs.rows(before);
        Map<String, JsonNode> now = SnapshotDiffs.rows(value);
        now.entrySet().removeIf(row -> row.getValue().equals(rows.get(row.getKey())));
        return now.size();
    }

    private static void play(
            SnapshotRun run,
            List<FeedEvent> events,
            List<ContextUpdate> context,
            int failures,
            int parallelism,
            Random random)
            throws Exception {
        int next = 0;
        int from = 0;
        for (int failure = 0; failure <= failures; failure++) {
            int to = events.size() * (failure + 1) / (failures + 1);
            next = play(run, events.subList(from, to), context, next);
            from = to;
            if (failure < failures) {
                int doomed = Math.min(events.size(), to + random.nextInt(10));
                int known = next;
                run.failAfter(
                        () -> play(run, events.subList(to, doomed), context, known),
                        1 + random.nextInt(parallelism + 1));
            }
        }
        for (ContextUpdate rest : context.subList(next, context.size())) {
            run.receive(rest);
        }
        run.end();
    }

    /** Context goes before whatever could move event time past it, as a replay has it. */
    private static int play(
            SnapshotRun run, List<FeedEvent> events, List<ContextUpdate> context, int from)
            throws Exception {
        int next = from;
        for (FeedEvent event : events) {
            long at = event instanceof Tick tick ? tick.at() : ((RawFrame) event).receivedAt();
            while (next < context.size() && context.get(next).at() <= at + 1000) {
                run.receive(context.get(next++));
            }
            run.receive(event);
        }
        return next;
    }

    private static List<FeedEvent> events(Path feed) throws Exception {
        List<FeedEvent> events = new ArrayList<>();
        for (String line : Files.readAllLines(feed)) {
            int tab = line.indexOf('\t');
            long at = Long.parseLong(line.substring(0, tab));
            String frame = line.substring(tab + 1);
            events.add(
                    frame.isEmpty()
                            ? new Tick(at, events.size())
                            : new RawFrame(frame.getBytes("UTF-8"), at, events.size()));
        }
        return events;
    }
}

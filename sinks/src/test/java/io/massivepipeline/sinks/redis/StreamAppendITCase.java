package io.massivepipeline.sinks.redis;

import io.massivepipeline.fixtures.redis.OnEveryRedis;
import io.massivepipeline.fixtures.redis.RedisRuntime;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RespClient;
import io.massivepipeline.fixtures.redis.RespClient.StreamEntry;
import io.massivepipeline.sinks.redis.testing.SharedRedis;
import io.massivepipeline.sinks.redis.testing.WriterHarness;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** What the contract says about appended, repeated, late and trimmed entries. */
@OnEveryRedis
class StreamAppendITCase {

    private final List<AppendOutcome> outcomes = new ArrayList<>();
    private final RedisServer server;
    private RespClient redis;
    private WriterHarness sink;

    StreamAppendITCase(RedisRuntime runtime) {
        server = SharedRedis.server(runtime);
    }

    @BeforeEach
    void open() throws Exception {
        redis = SharedRedis.empty(server);
        sink =
                new WriterHarness(
                        RedisConnectionConfig.of(server.uri()),
                        builder ->
                                // What is given at once leaves at once, however slow the machine
                                builder.setLinger(Duration.ofHours(1))
                                        .setAppendOutcomeListener(
                                                outcome -> {
                                                    outcomes.add(outcome);
                                                    return List.of();
                                                }));
    }

    @AfterEach
    void close() throws Exception {
        sink.close();
        redis.close();
    }

    private static StreamAppendBuilder late(String key) {
        return StreamAppend.to(key, "a", "b")
                .onPassed(PassedIds.APPEND_LATE)
                .lateField("late_of")
                .companion("late:");
    }

    private static StreamEntry entry(String id, String a, String b) {
        return new StreamEntry(id, Map.of("a", a, "b", b));
    }

    private AppendOutcome outcome() {
        assertThat(outcomes).hasSize(1);
        return outcomes.remove(0);
    }

    @Test
    void appendsInOrderWithTheGivenIds() throws Exception {
        sink.writeAll(late("s").add(5, 1, "x", "y").add(5, 2, "x", "z").add(6, 0, "", "ü").build());

        assertThat(redis.stream("s"))
                .containsExactly(
                        entry("5-1", "x", "y"), entry("5-2", "x", "z"), entry("6-0", "", "ü"));
        assertThat(outcome()).isEqualTo(new AppendOutcome("s", 3, 0, 0, 0));
        assertThat(redis.hash("late:{s}")).isEqualTo(Map.of("first", "5-1"));
    }

    @Test
    void writesNothingTwice() throws Exception {
        StreamAppend batch = late("s").add(5, 1, "x", "y").add(5, 2, "x", "z").build();
        sink.writeAll(batch);
        outcomes.clear();

        // When the batch comes again with one entry more
        sink.writeAll(batch, late("s").add(5, 3, "n", "n").build());

        assertThat(outcome()).isEqualTo(new AppendOutcome("s", 1, 2, 0, 0));
        assertThat(redis.stream("s"))
                .containsExactly(
                        entry("5-1", "x", "y"), entry("5-2", "x", "z"), entry("5-3", "n", "n"));
    }

    @Test
    void appendsWhatIsLateAtTheTopAndKnowsItAgain() throws Exception {
        sink.writeAll(late("s").add(5, 1, "x", "y").add(9, 7, "x", "z").build());
        outcomes.clear();
        StreamAppend late = late("s").add(7, 3, "late", "1").add(9, 8, "taken", "id").build();

        // 9-8 is taken by the late entry before it, so it is late itself
        sink.writeAll(late);
        assertThat(outcome()).isEqualTo(new AppendOutcome("s", 0, 0, 2, 0));
        sink.writeAll(late);
        assertThat(outcome()).isEqualTo(new AppendOutcome("s", 0, 2, 0, 0));

        assertThat(redis.stream("s"))
                .containsExactly(
                        entry("5-1", "x", "y"),
                        entry("9-7", "x", "z"),
                        new StreamEntry("9-8", Map.of("a", "late", "b", "1", "late_of", "7-3")),
                        new StreamEntry("9-9", Map.of("a", "taken", "b", "id", "late_of", "9-8")));
        assertThat(redis.hash("late:{s}"))
                .isEqualTo(Map.of("first", "5-1", "7-3", "9-8", "9-8", "9-9"));
    }

    @Test
    void appendsOnTimeEntriesAfterALateOneOfTheSameBatch() throws Exception {
        sink.writeAll(late("s").add(9, 0, "x", "y").build());
        outcomes.clear();

        sink.writeAll(
                late("s").add(3, 0, "l", "l").add(9, 5, "n", "n").add(10, 0, "o", "o").build());

        assertThat(outcome()).isEqualTo(new AppendOutcome("s", 2, 0, 1, 0));
        assertThat(redis.stream("s").stream().map(StreamEntry::id))
                .containsExactly("9-0", "9-1", "9-5", "10-0");
    }

    /** Long batches are appended by another part of the script than short ones. */
    @Test
    void tellsDuplicatesAndLateEntriesApartInTheMiddleOfALongBatch() throws Exception {
        sink.writeAll(late("s").add(1_000, 0, "1000", "old").build());
        sink.writeAll(late("s").add(1_001, 0, "1001", "old").build());
        outcomes.clear();
        StreamAppendBuilder builder = late("s");
        for (int i = 1_002; i <= 2_000; i++) {
            builder.add(i, 0, "" + i, "new");
            if (i % 100 == 0) {
                builder.add(i - 50, 0, "" + (i - 50), "new"); // the very same
                builder.add(i - 50, 1, "late", "" + i);
                builder.add(1_000, 0, "1000", "old");
            }
        }
        StreamAppend batch = builder.build();

        sink.writeAll(batch);

        assertThat(outcome()).isEqualTo(new AppendOutcome("s", 999, 20, 10, 0));
        List<StreamEntry> entries = redis.stream("s");
        assertThat(entries).hasSize(1_011);
        for (int i = 1_100; i < 2_000; i += 100) {
            int place = i - 1_000 + (i - 1_100) / 100;
            assertThat(entries.get(place)).isEqualTo(entry(i + "-0", "" + i, "new"));
            assertThat(entries.get(place + 1))
                    .isEqualTo(
                            new StreamEntry(
                                    i + "-1",
                                    Map.of("a", "late", "b", "" + i, "late_of", (i - 50) + "-1")));
            assertThat(entries.get(place + 2)).isEqualTo(entry(i + 1 + "-0", "" + (i + 1), "new"));
        }

        // When all of it comes again
        sink.writeAll(batch);

        assertThat(outcome()).isEqualTo(new AppendOutcome("s", 0, 1_029, 0, 0));
        assertThat(redis.stream("s")).isEqualTo(entries);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 17, 100, 1_000})
    void writesEntriesOfAnyWidth(int width) throws Exception {
        String[] names = IntStream.range(0, width).mapToObj(i -> "f" + i).toArray(String[]::new);
        StreamAppendBuilder builder = StreamAppend.to("wide", names);
        for (int entry = 1; entry <= 200; entry++) {
            int number = entry;
            builder.add(
                    entry,
                    0,
                    IntStream.range(0, width)
                            .mapToObj(i -> number + "." + i)
                            .toArray(String[]::new));
        }

        sink.writeAll(builder.build());

        List<StreamEntry> entries = redis.stream("wide");
        assertThat(entries).hasSize(200);
        for (int i : new int[] {0, 49, 50, 51, 199}) {
            assertThat(entries.get(i).id()).isEqualTo(i + 1 + "-0");
            assertThat(entries.get(i).fields())
                    .hasSize(width)
                    .containsEntry("f0", i + 1 + ".0")
                    .containsEntry("f" + (width - 1), i + 1 + "." + (width - 1));
        }
    }

    @Test
    void writesStreamsOfDifferentFieldsInOneCall() throws Exception {
        List<RedisWrite> batches = new ArrayList<>();
        for (int stream = 0; stream < 6; stream++) {
            StreamAppendBuilder builder =
                    stream % 2 == 0
                            ? late("even:" + stream)
                            : StreamAppend.to("odd:" + stream, "only");
            for (int i = 1; i <= 70; i++) {
                builder.add(i, 0, stream % 2 == 0 ? new String[] {"x", "y"} : new String[] {"z"});
            }
            batches.add(builder.build());
        }

        sink.writeAll(batches.toArray(RedisWrite[]::new));

        for (int stream = 0; stream < 6; stream++) {
            String key = stream % 2 == 0 ? "even:" + stream : "odd:" + stream;
            Map<String, String> fields =
                    stream % 2 == 0 ? Map.of("a", "x", "b", "y") : Map.of("only", "z");
            assertThat(redis.stream(key))
                    .hasSize(70)
                    .allSatisfy(entry -> assertThat(entry.fields()).isEqualTo(fields));
        }
    }

    @Test
    void keepsTheRulesOfEachStreamInOneCall() throws Exception {
        // Neighbours that are alike in nothing, in one thing and in all but their keys
        long tomorrow = System.currentTimeMillis() + 86_400_000;
        StreamAppendBuilder first = StreamAppend.to("first", "a", "b").maxLength(100);
        for (int i = 1; i <= 1_000; i++) {
            first.add(i, 0, "x", "y");
        }
        sink.writeAll(
                late("l").add(9, 0, "x", "y").build(),
                late("m").add(9, 0, "x", "y").build(),
                late("n").expireAt(tomorrow).add(9, 0, "x", "y").build(),
                first.build(),
                StreamAppend.to("second", "a", "b").add(9, 0, "x", "y").build());
        outcomes.clear();

        sink.writeAll(
                late("l").add(3, 0, "l", "1").build(),
                late("m").add(3, 0, "l", "2").build(),
                late("n").expireAt(tomorrow).add(3, 0, "l", "3").build(),
                StreamAppend.to("first", "a", "b").maxLength(100).add(3, 0, "f", "4").build(),
                StreamAppend.to("second", "a", "b").add(3, 0, "f", "5").build());

        assertThat(outcomes)
                .containsExactlyInAnyOrder(
                        new AppendOutcome("l", 0, 0, 1, 0),
                        new AppendOutcome("m", 0, 0, 1, 0),
                        new AppendOutcome("n", 0, 0, 1, 0),
                        new AppendOutcome("first", 0, 1, 0, 0),
                        new AppendOutcome("second", 0, 1, 0, 0));
        assertThat(redis.number("XLEN", "first")).isLessThan(300);
        assertThat(redis.number("PTTL", "n")).isPositive();
        assertThat(redis.number("PTTL", "late:{n}")).isPositive();
        assertThat(redis.number("PTTL", "m")).isEqualTo(-1);
        assertThat(redis.stream("m"))
                .contains(new StreamEntry("9-1", Map.of("a", "l", "b", "2", "late_of", "3-0")));
    }

    @Test
    void doesNotWriteBelowTheFirstEntryOfATrimmedStream() throws Exception {
        sink.writeAll(
                late("s").add(5, 0, "x", "y").add(6, 0, "x", "y").add(9, 0, "x", "y").build());
        redis.command("XTRIM", "s", "MAXLEN", "1");
        outcomes.clear();

        sink.writeAll(late("s").add(5, 0, "x", "y").add(8, 0, "q", "q").build());

        assertThat(outcome()).isEqualTo(new AppendOutcome("s", 0, 0, 0, 2));
        assertThat(redis.stream("s")).containsExactly(entry("9-0", "x", "y"));
    }

    @Test
    void takesALateEntryBelowTheFirstOfAStreamThatWasNeverTrimmed() throws Exception {
        sink.writeAll(late("s").add(5, 0, "x", "y").build());
        outcomes.clear();

        sink.writeAll(late("s").add(1, 0, "l", "l").build());

        assertThat(outcome()).isEqualTo(new AppendOutcome("s", 0, 0, 1, 0));
    }

    @Test
    void forgetsTheCompanionOfAStreamThatIsGone() throws Exception {
        sink.writeAll(late("s").add(9, 0, "x", "y").build(), late("s").add(3, 0, "l", "l").build());
        redis.command("DEL", "s");
        outcomes.clear();

        sink.writeAll(late("s").add(3, 0, "l", "l").build());

        assertThat(redis.stream("s")).containsExactly(entry("3-0", "l", "l"));
        assertThat(redis.hash("late:{s}")).isEqualTo(Map.of("first", "3-0"));
    }

    @Test
    void letsTheFirstStand() throws Exception {
        sink.writeAll(StreamAppend.to("w", "v").add(9, 0, "1").build());
        outcomes.clear();

        sink.writeAll(StreamAppend.to("w", "v").add(9, 0, "2").add(10, 0, "3").build());

        assertThat(outcome()).isEqualTo(new AppendOutcome("w", 1, 1, 0, 0));
        assertThat(redis.stream("w"))
                .containsExactly(
                        new StreamEntry("9-0", Map.of("v", "1")),
                        new StreamEntry("10-0", Map.of("v", "3")));
        assertThat(redis.texts("KEYS", "*")).containsExactly("w");
    }

    @Test
    void countsBeyondTheNumbersOfLua() throws Exception {
        // 2^53, 2^53 + 1, 2^63 - 1, 2^63, 2^64 - 1
        long top = -1L;
        sink.writeAll(
                late("s")
                        .add(1, 1L << 53, "x", "y")
                        .add(1, (1L << 53) + 1, "x", "y")
                        .add(1, Long.MAX_VALUE, "x", "y")
                        .add(1, Long.MIN_VALUE, "x", "y")
                        .add(1, top - 1, "x", "y")
                        .build());
        outcomes.clear();

        sink.writeAll(
                late("s")
                        .add(1, 1L << 53, "x", "y")
                        .add(1, (1L << 53) + 2, "l", "1")
                        .add(1, Long.MIN_VALUE, "l", "2")
                        .add(1, Long.MIN_VALUE, "x", "y")
                        .build());

        assertThat(outcome()).isEqualTo(new AppendOutcome("s", 0, 2, 2, 0));
        assertThat(redis.stream("s").stream().map(StreamEntry::id))
                .containsExactly(
                        "1-9007199254740992",
                        "1-9007199254740993",
                        "1-9223372036854775807",
                        "1-9223372036854775808",
                        "1-18446744073709551614",
                        "1-18446744073709551615",
                        "2-0");
        assertThat(redis.hash("late:{s}"))
                .containsEntry("1-9007199254740994", "1-18446744073709551615")
                .containsEntry("1-9223372036854775808", "2-0");
    }

    @Test
    void boundsLengthAndSetsExpiry() throws Exception {
        long tomorrow = System.currentTimeMillis() + 86_400_000;
        StreamAppendBuilder builder = late("s").maxLength(100).expireAt(tomorrow);
        for (int i = 1; i <= 1_000; i++) {
            builder.add(i, 0, "x", "y");
        }

        sink.writeAll(builder.build());

        assertThat(redis.number("XLEN", "s")).isBetween(100L, 300L);
        assertThat(redis.number("PTTL", "s")).isBetween(86_300_000L, 86_400_000L);
        assertThat(redis.number("PTTL", "late:{s}")).isBetween(86_300_000L, 86_400_000L);
    }

    @Test
    void movesAnExpiryOnlyByMoreThanAnHour() throws Exception {
        long tomorrow = System.currentTimeMillis() + 86_400_000;
        sink.writeAll(late("s").expireAt(tomorrow).add(1, 0, "x", "y").build());

        sink.writeAll(late("s").expireAt(tomorrow + 3_500_000).add(2, 0, "x", "y").build());
        assertThat(redis.number("PTTL", "s")).isLessThanOrEqualTo(86_400_000L);

        sink.writeAll(late("s").expireAt(tomorrow + 3_700_000).add(3, 0, "x", "y").build());
        assertThat(redis.number("PTTL", "s")).isGreaterThan(86_400_000L + 3_600_000L);
    }

    @Test
    void forgetsLateIdsOfTrimmedEntries() throws Exception {
        sink.writeAll(late("s").add(1_000_000, 0, "x", "y").build());
        for (int round = 0; round < 4; round++) {
            StreamAppendBuilder builder = late("s");
            for (int i = 1; i <= 500; i++) {
                builder.add(round * 1_000L + i, 0, "l", "l");
            }
            sink.writeAll(builder.build());
            redis.command("XTRIM", "s", "MAXLEN", "10");
        }

        // 2 000 late entries came, 10 of them stand
        assertThat(redis.number("HLEN", "late:{s}")).isLessThan(1_500);
    }
}

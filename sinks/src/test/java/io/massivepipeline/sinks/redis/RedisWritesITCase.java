package io.massivepipeline.sinks.redis;

import io.massivepipeline.fixtures.redis.OnEveryRedis;
import io.massivepipeline.fixtures.redis.RedisRuntime;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RespClient;
import io.massivepipeline.fixtures.redis.RespClient.StreamEntry;
import io.massivepipeline.sinks.redis.testing.SharedRedis;
import io.massivepipeline.sinks.redis.testing.WriterHarness;

import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Every kind of write but stream appends with ids, which have their own test. */
@OnEveryRedis
class RedisWritesITCase {

    private static final long DAY = 86_400_000;

    private final RedisServer server;
    private RespClient redis;
    private WriterHarness sink;

    RedisWritesITCase(RedisRuntime runtime) {
        server = SharedRedis.server(runtime);
    }

    @BeforeEach
    void open() throws Exception {
        redis = SharedRedis.empty(server);
        sink = new WriterHarness(RedisConnectionConfig.of(server.uri()));
    }

    @AfterEach
    void close() {
        sink.close();
        redis.close();
    }

    @Test
    void putsAString() throws Exception {
        sink.writeAll(PutString.of("k", "old"), PutString.of("k", "new"));

        assertThat(redis.text("GET", "k")).isEqualTo("new");
        assertThat(redis.number("PTTL", "k")).isEqualTo(-1);
    }

    @Test
    void putsAStringThatExpires() throws Exception {
        long tomorrow = System.currentTimeMillis() + DAY;

        sink.writeAll(
                PutString.of("k", "1").expireAt(tomorrow),
                PutString.of("k", "2").expireAt(tomorrow + 1));

        assertThat(redis.text("GET", "k")).isEqualTo("2");
        assertThat(redis.number("PTTL", "k")).isBetween(DAY - 60_000, DAY);
    }

    @Test
    void putsAStringOnlyIfItIsNewer() throws Exception {
        // 10 is above 9, though not as a text
        sink.writeAll(PutString.of("k", "{\"ver\" : 9}").ifNewer("ver", 9));
        sink.writeAll(PutString.of("k", "{\"ver\":10,\"a\":1}").ifNewer("ver", 10));
        sink.writeAll(PutString.of("k", "{\"ver\":10,\"a\":2}").ifNewer("ver", 10));
        sink.writeAll(PutString.of("k", "{\"ver\":8}").ifNewer("ver", 8));

        assertThat(redis.text("GET", "k")).isEqualTo("{\"ver\":10,\"a\":1}");
    }

    @Test
    void putsFieldsOfAHashAndKeepsTheOthers() throws Exception {
        redis.command("HSET", "h", "kept", "1", "a", "1");

        sink.writeAll(PutHash.of("h", Map.of("a", "2", "b", "3")));

        assertThat(redis.hash("h"))
                .containsOnly(Map.entry("kept", "1"), Map.entry("a", "2"), Map.entry("b", "3"));
    }

    @Test
    void replacesAHash() throws Exception {
        redis.command("HSET", "h", "gone", "1");
        Map<String, String> fields = new TreeMap<>();
        IntStream.range(0, 5_000).forEach(i -> fields.put("f" + i, "" + i));

        sink.writeAll(PutHash.of("h", fields).replacing());

        assertThat(redis.hash("h")).isEqualTo(fields);
    }

    @Test
    void putsAHashOnlyIfItIsNewer() throws Exception {
        sink.writeAll(PutHash.of("h", Map.of("at", "9", "a", "1")).ifNewer("at", 9));
        sink.writeAll(PutHash.of("h", Map.of("at", "10", "a", "2")).ifNewer("at", 10));
        sink.writeAll(PutHash.of("h", Map.of("at", "9", "a", "3")).ifNewer("at", 9));

        assertThat(redis.hash("h")).isEqualTo(Map.of("at", "10", "a", "2"));
    }

    @Test
    void putsAHashThatStaysAsLongAsTheFieldThatStaysLongest() throws Exception {
        long now = System.currentTimeMillis();

        sink.writeAll(
                PutHash.of("h", Map.of("long", "1")).expireAt(now + 3 * DAY),
                PutHash.of("h", Map.of("short", "1")).expireAt(now + DAY));
        assertThat(redis.number("PTTL", "h")).isBetween(3 * DAY - 60_000, 3 * DAY);

        sink.writeAll(PutHash.of("h", Map.of("longer", "1")).expireAt(now + 4 * DAY));
        assertThat(redis.number("PTTL", "h")).isBetween(4 * DAY - 60_000, 4 * DAY);

        sink.writeAll(PutHash.of("h", Map.of("new", "1")).replacing().expireAt(now + DAY));
        assertThat(redis.number("PTTL", "h")).isBetween(DAY - 60_000, DAY);
    }

    @Test
    void removesFieldsOfAHashAndTheHashWithTheLast() throws Exception {
        redis.command("HSET", "h", "kept", "1", "a", "1", "b", "2");

        sink.writeAll(RemoveFields.of("h", List.of("a", "b", "never there")));
        assertThat(redis.hash("h")).isEqualTo(Map.of("kept", "1"));

        sink.writeAll(RemoveFields.of("h", List.of("kept")), RemoveFields.of("h", List.of("kept")));
        assertThat(redis.number("EXISTS", "h")).isZero();
    }

    @Test
    void removesOnlyFieldsThatAreAsTheyWereSeen() throws Exception {
        Map<String, String> seen = new TreeMap<>();
        IntStream.range(0, 5_000).forEach(i -> seen.put("f" + i, i + " seen"));
        sink.writeAll(PutHash.of("h", seen), PutHash.of("h", Map.of("f7", "7 seen again")));

        sink.writeAll(RemoveFields.ifUnchanged("h", seen));
        assertThat(redis.hash("h")).isEqualTo(Map.of("f7", "7 seen again"));

        // And again, as after a lost answer, when one has come back
        sink.writeAll(PutHash.of("h", Map.of("f8", "8 anew")), RemoveFields.ifUnchanged("h", seen));
        assertThat(redis.hash("h")).isEqualTo(Map.of("f7", "7 seen again", "f8", "8 anew"));
    }

    @Test
    void removesFieldsInAGroupUnlessItIsRefused() throws Exception {
        redis.command("HSET", "index", "a", "1", "b", "1");
        sink.writeAll(PutString.of("value", "{\"version\":7}"));
        for (long version : new long[] {6, 8}) {
            sink.writeAll(
                    WriteGroup.of(
                            PutString.of("value", "{\"version\":%d}".formatted(version))
                                    .ifNewer("version", version),
                            RemoveFields.of("index", List.of(version == 6 ? "a" : "b"))));
        }

        assertThat(redis.hash("index")).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void removesNoFieldsOfWhatIsNoHash() throws Exception {
        redis.command("SET", "taken", "secret");

        assertThatThrownBy(() -> sink.writeAll(RemoveFields.of("taken", List.of("field"))))
                .isInstanceOf(RedisSinkException.class)
                .hasMessageContaining("taken")
                .hasMessageContaining("WRONGTYPE")
                .hasMessageNotContainingAny("secret", "field", "\n");
    }

    @Test
    void increments() throws Exception {
        sink.writeAll(
                IncrementHash.of("h", "n", 2),
                IncrementHash.of("h", "n", 40),
                IncrementHash.of("h", "m", -1));

        assertThat(redis.hash("h")).isEqualTo(Map.of("n", "42", "m", "-1"));
    }

    @Test
    void prunesASortedSet() throws Exception {
        for (int i = 1; i <= 6; i++) {
            sink.writeAll(AddToSortedSet.of("z", "m" + i, i).keepFrom(2).keepHighest(4));
        }
        assertThat(redis.texts("ZRANGE", "z", "0", "-1")).containsExactly("m3", "m4", "m5", "m6");

        sink.writeAll(AddToSortedSet.of("z", "m7", 7.5).keepFrom(5));
        assertThat(redis.texts("ZRANGE", "z", "0", "-1", "WITHSCORES"))
                .containsExactly("m5", "5", "m6", "6", "m7", "7.5");
    }

    @Test
    void replacesSets() throws Exception {
        redis.command("SADD", "s", "gone");
        redis.command("ZADD", "z", "1", "gone");

        sink.writeAll(
                ReplaceSet.of("s", List.of("a", "b")),
                ReplaceSortedSet.of("z", Map.of("c", 3.0, "d", 4.0)));

        assertThat(redis.texts("SMEMBERS", "s")).containsExactlyInAnyOrder("a", "b");
        assertThat(redis.texts("ZRANGE", "z", "0", "-1")).containsExactly("c", "d");

        sink.writeAll(ReplaceSet.of("s", List.of()), ReplaceSortedSet.of("z", Map.of()));
        assertThat(redis.number("EXISTS", "s", "z")).isZero();
    }

    @Test
    void appendsWithIdsOfRedis() throws Exception {
        for (int i = 0; i < 300; i++) {
            sink.write(AutoIdAppend.of("d", Map.of("n", "" + i)).maxLength(100));
        }
        sink.flush();

        List<StreamEntry> entries = redis.stream("d");
        assertThat(entries).hasSizeBetween(100, 250);
        assertThat(entries.get(entries.size() - 1).fields()).isEqualTo(Map.of("n", "299"));
    }

    @Test
    void publishes() throws Exception {
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        try (RedisConnectionFactory factory =
                        new RedisConnectionFactory(RedisConnectionConfig.of(server.uri()));
                var subscription = listen(factory, "c", heard)) {
            sink.writeAll(Publish.of("c", "1"), Publish.of("c", "2"));

            Awaitility.await().untilAsserted(() -> assertThat(heard).containsExactly("1", "2"));
        }
    }

    private static StatefulRedisPubSubConnection<String, String> listen(
            RedisConnectionFactory factory, String subject, Queue<String> heard) {
        StatefulRedisPubSubConnection<String, String> subscription = factory.connectPubSub();
        subscription.addListener(
                new RedisPubSubAdapter<>() {
                    @Override
                    public void message(String channel, String message) {
                        heard.add(message);
                    }
                });
        subscription.sync().subscribe(subject);
        return subscription;
    }

    @Test
    void writesAGroupWholeOrNotAtAll() throws Exception {
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        try (RedisConnectionFactory factory =
                        new RedisConnectionFactory(RedisConnectionConfig.of(server.uri()));
                var subscription = listen(factory, "diff", heard)) {
            sink.writeAll(snapshot(7, "first"));
            sink.writeAll(snapshot(6, "older"));
            sink.writeAll(snapshot(7, "same"));
            sink.writeAll(snapshot(8, "newer"));
            sink.writeAll(Publish.of("diff", "end"));

            assertThat(redis.text("GET", "value")).isEqualTo("{\"version\":8}");
            assertThat(redis.stream("diffs"))
                    .containsExactly(
                            new StreamEntry("7-0", Map.of("json", "first")),
                            new StreamEntry("8-0", Map.of("json", "newer")));
            assertThat(redis.hash("index")).isEqualTo(Map.of("value", "8 newer"));
            Awaitility.await().until(() -> heard.contains("end"));
            assertThat(heard).containsExactly("first", "newer", "end");
        }
    }

    @Test
    void refusesAGroupBeforeItTouchesAnything() throws Exception {
        // Given a value, while the stream before it and the index after it are gone
        sink.writeAll(PutString.of("value", "{\"version\":9}"));

        // When older ones come, alone and beside others that are newer
        sink.writeAll(snapshot(8, "older"), PutString.of("other", "written"));

        // Then
        assertThat(redis.texts("KEYS", "*")).containsExactlyInAnyOrder("value", "other");
    }

    @Test
    void whatFollowsAGroupThatWasPassedOverIsWrittenWithItsOwnFields() throws Exception {
        sink.writeAll(snapshot(7, "first"));
        sink.writeAll(
                snapshot(6, "older"), StreamAppend.to("later", "json").add(1, 0, "whole").build());

        assertThat(redis.stream("later").get(0).fields()).isEqualTo(Map.of("json", "whole"));
    }

    private static WriteGroup snapshot(long version, String text) {
        return WriteGroup.of(
                StreamAppend.to("diffs", "json").add(version, 0, text).build(),
                PutString.of("value", "{\"version\":" + version + "}").ifNewer("version", version),
                PutHash.of("index", Map.of("value", version + " " + text)),
                Publish.of("diff", text));
    }

    @Test
    void writesWhatAppendsAskForBeforeTheyCountAsDone() throws Exception {
        try (WriterHarness listening =
                new WriterHarness(
                        RedisConnectionConfig.of(server.uri()),
                        builder ->
                                builder.setAppendOutcomeListener(
                                        outcome ->
                                                List.of(
                                                        IncrementHash.of(
                                                                "seen",
                                                                outcome.stream(),
                                                                outcome.appended()))))) {
            listening.writeAll(
                    StreamAppend.to("a", "v").add(1, 0, "1").add(2, 0, "2").build(),
                    StreamAppend.to("b", "v").add(1, 0, "1").build());
        }

        assertThat(redis.hash("seen")).isEqualTo(Map.of("a", "2", "b", "1"));
    }

    @Test
    void doesNotKeepWhatAWatermarkReleasedWaiting() throws Exception {
        try (WriterHarness patient =
                new WriterHarness(
                        RedisConnectionConfig.of(server.uri()),
                        builder -> builder.setLinger(Duration.ofHours(1)))) {
            patient.write(PutString.of("k", "1"));
            patient.runMails();
            assertThat(redis.number("EXISTS", "k")).isZero();

            patient.watermark(1);

            Awaitility.await().until(() -> redis.number("EXISTS", "k") == 1);
        }
    }

    @Test
    void sendsWhatComesAloneOnItsOwn() throws Exception {
        sink.write(PutString.of("k", "1"));

        Awaitility.await()
                .pollInSameThread()
                .until(
                        () -> {
                            sink.runMails();
                            return redis.number("EXISTS", "k") == 1;
                        });
    }

    @Test
    void writesOddKeysAndValuesAsGiven() throws Exception {
        byte[] binary = new byte[1 << 20];
        for (int i = 0; i < binary.length; i++) {
            binary[i] = (byte) (i * 31);
        }
        String odd = "a key} with {spaces} and \u00fc\n";

        sink.writeAll(
                StreamAppend.to(odd, "", "b").add(1, 1, new byte[0], binary).build(),
                PutString.of("binary", binary),
                PutString.of("", "the empty key"));

        assertThat(redis.text("GET", "")).isEqualTo("the empty key");
        assertThat(redis.number("STRLEN", "binary")).isEqualTo(binary.length);
        assertThat(redis.number("XLEN", odd)).isEqualTo(1);
        assertThat(stored(odd)).isEqualTo(binary);
    }

    private byte[] stored(String key) {
        try (RedisConnectionFactory factory =
                new RedisConnectionFactory(RedisConnectionConfig.of(server.uri()))) {
            return factory
                    .connect(io.lettuce.core.codec.ByteArrayCodec.INSTANCE)
                    .sync()
                    .xrange(
                            key.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                            io.lettuce.core.Range.unbounded())
                    .get(0)
                    .getBody()
                    .entrySet()
                    .stream()
                    .filter(field -> field.getKey().length == 1)
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void refusesWhatIsTooLarge() throws Exception {
        try (WriterHarness small =
                new WriterHarness(
                        RedisConnectionConfig.of(server.uri()),
                        builder -> builder.setMaxEntryBytes(100))) {
            assertThatThrownBy(
                            () ->
                                    small.writeAll(
                                            StreamAppend.to("s", "v")
                                                    .add(7, 8, "x".repeat(200))
                                                    .build()))
                    .isInstanceOf(RedisSinkException.class)
                    .hasMessageContaining("s has ")
                    .hasMessageContaining("entry 7-8");
        }
    }

    @Test
    void divertsWhatIsTooLargeAndLosesNothingElse() throws Exception {
        try (WriterHarness small =
                new WriterHarness(
                        RedisConnectionConfig.of(server.uri()),
                        builder ->
                                builder.setMaxEntryBytes(100)
                                        .setOversizeHandler(RedisWritesITCase::dead))) {
            small.writeAll(
                    StreamAppend.to("s", "v")
                            .add(1, 0, "a")
                            .add(2, 0, "x".repeat(300))
                            .add(3, 0, "x".repeat(70_000))
                            .add(4, 0, "d")
                            .build(),
                    PutString.of("k", "x".repeat(200)));
        }

        assertThat(redis.stream("s"))
                .containsExactly(
                        new StreamEntry("1-0", Map.of("v", "a")),
                        new StreamEntry("4-0", Map.of("v", "d")));
        assertThat(redis.stream("dead").stream().map(entry -> entry.fields().get("what")))
                .containsExactlyInAnyOrder("s 2-0", "s 3-0", "k -");
    }

    private static List<RedisWrite> dead(OversizedWrite large) {
        String what = large.key() + " " + large.id().map(EntryId::toString).orElse("-");
        return List.of(AutoIdAppend.of("dead", Map.of("what", what)));
    }

    @Test
    void failsForGoodOnAKeyOfAnotherType() throws Exception {
        redis.command("SET", "taken", "secret");

        assertThatThrownBy(
                        () ->
                                sink.writeAll(
                                        PutString.of("other", "1"),
                                        StreamAppend.to("taken", "v").add(1, 0, "private").build()))
                .isInstanceOf(RedisSinkException.class)
                .hasMessageContaining("taken")
                .hasMessageContaining("WRONGTYPE")
                .hasMessageNotContainingAny("secret", "private", "\n");
    }

    @Test
    void namesTheKeyOfAGroupThatIsWrong() throws Exception {
        redis.command("LPUSH", "index", "1");

        assertThatThrownBy(() -> sink.writeAll(snapshot(1, "first")))
                .isInstanceOf(RedisSinkException.class)
                .hasMessageContaining("index")
                .hasMessageContaining("WRONGTYPE");
    }
}

package io.massivepipeline.sinks.redis;

import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Writes come back from streams and checkpoints as they went in, also from old checkpoints. */
class RedisWriteCodecTest {

    /** The state of version 1 with a string and a batch, as that version wrote it. */
    private static final String STATE_1 =
            "ffffffffffffffff" // AsyncSink's mark
                    + "00000002" // writes
                    + "0000000000000012" // size of the first
                    + "03" // put string
                    + "000000016b" // key k
                    + "0000000176" // value v
                    + "01"
                    + "000000027473"
                    + "0000000000000007" // only above ts 7
                    + "0000000000000009" // expires at 9
                    + "0000000000000010" // size of the second
                    + "01" // stream append
                    + "0000000173" // key s
                    + "000000056c3a7b737d" // companion l:{s}
                    + "00000001"
                    + "0000000161" // one field, a
                    + "0000000b415050454e445f4c415445" // APPEND_LATE
                    + "000000026c6f" // late field lo
                    + "0000000000000064" // at most 100 entries
                    + "0000000c"
                    + "dd00000002"
                    + "d903352d36"
                    + "a178" // 5-6, x
                    + "00000001" // entries
                    + "00000007" // largest entry
                    + "0000000000000000"; // never expires

    static Stream<RedisWrite> writes() {
        StreamAppend append =
                StreamAppend.to("s", "a", "b")
                        .onPassed(PassedIds.APPEND_LATE)
                        .lateField("late_of")
                        .companion("late:")
                        .maxLength(10)
                        .expireAt(11)
                        .add(-1L, 1L << 53, "\u00fc", "")
                        .add(EntryId.parse("18446744073709551615-18446744073709551615"), "x", "y")
                        .build();
        PutString put = PutString.of("k", new byte[] {0, -1}).ifNewer("v", 1).expireAt(2);
        return Stream.of(
                append,
                put,
                PutString.of("k", "text"),
                PutHash.of("h", Map.of("a", "1")).replacing().ifNewer("v", 3).expireAt(4),
                IncrementHash.of("h", "n", -5).expireAt(6),
                RemoveFields.of("h", List.of("a", "b")),
                RemoveFields.ifUnchanged("h", Map.of("a", "1", "b", "2")),
                AddToSortedSet.of("z", "m", 1.5).keepFrom(0.5).keepHighest(50).expireAt(7),
                ReplaceSet.of("s", List.of("a", "b")).expireAt(8),
                ReplaceSortedSet.of("z", Map.of("a", 1.0)).expireAt(9),
                AutoIdAppend.of("d", Map.of("a", "1")).maxLength(10).expireAt(11),
                Publish.of("c", "m"),
                WriteGroup.of(append, put, Publish.of("c", "m")),
                WriteGroup.of(put, append).orderedBy("lane"));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void comesBackFromAStream(RedisWrite write) throws Exception {
        var serializer =
                TypeInformation.of(RedisWrite.class).createSerializer(new SerializerConfigImpl());
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(write, out);

        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        assertThat(serializer.deserialize(in)).isEqualTo(write);
        assertThat(in.available()).isZero();
        assertThat(serializer).isInstanceOf(RedisWriteSerializer.class);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void comesBackFromACheckpoint(RedisWrite write) throws Exception {
        RedisWriteStateSerializer serializer = new RedisWriteStateSerializer();
        byte[] bytes =
                serializer.serialize(
                        new BufferedRequestState<>(List.of(new RequestEntryWrapper<>(write, 42))));

        assertThat(read(serializer.getVersion(), bytes)).containsExactly(write);
    }

    @Test
    void readsStateOfVersionOne() throws Exception {
        byte[] old = HexFormat.of().parseHex(STATE_1);

        assertThat(read(1, old))
                .containsExactly(
                        PutString.of("k", "v").ifNewer("ts", 7).expireAt(9),
                        StreamAppend.to("s", "a")
                                .onPassed(PassedIds.APPEND_LATE)
                                .lateField("lo")
                                .companion("l:")
                                .maxLength(100)
                                .add(5, 6, "x")
                                .build());
    }

    @Test
    void readsARemovalAsItWasFirstWritten() throws Exception {
        byte[] old =
                HexFormat.of()
                        .parseHex(
                                "ffffffffffffffff" // AsyncSink's mark
                                        + "00000001" // writes
                                        + "0000000000000028" // its size
                                        + "0c" // remove fields
                                        + "0000000168" // key h
                                        + "00000001"
                                        + "0000000161" // field a
                                        + "000000023720" // seen as "7 "
                                        + "01"); // if unchanged

        assertThat(read(1, old)).containsExactly(RemoveFields.ifUnchanged("h", Map.of("a", "7 ")));
    }

    @Test
    void refusesStateOfAnUnknownVersion() {
        assertThatThrownBy(() -> read(2, HexFormat.of().parseHex(STATE_1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("2");
    }

    private static List<RedisWrite> read(int version, byte[] bytes) throws IOException {
        return new RedisWriteStateSerializer()
                .deserialize(version, bytes).getBufferedRequestEntries().stream()
                        .map(RequestEntryWrapper::getRequestEntry)
                        .toList();
    }
}

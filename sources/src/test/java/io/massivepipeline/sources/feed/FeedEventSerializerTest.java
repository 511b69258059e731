package io.massivepipeline.sources.feed;

import io.massivepipeline.sources.StoredBytes;

import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class FeedEventSerializerTest {

    private static final String STORED = "feed/feed-events-v2.hex";
    private static final String STORED_BEFORE = "feed/feed-events-v1.hex";

    /** The events whose bytes are stored: only ever to be added to. */
    private static final List<FeedEvent> EVENTS =
            List.of(
                    new RawFrame("[{\"ev\":\"T\"}]".getBytes(StandardCharsets.UTF_8), 1000, 0),
                    new RawFrame(new byte[] {(byte) 0xff}, RawFrame.UNKNOWN, 1L << 40),
                    new Tick(Long.MAX_VALUE, 2),
                    new FeedGap(1000, 2000, "the socket was closed", FeedGap.UNKNOWN, 3),
                    new FeedStatus(5000, true, 1, 2, 3, 4, 5, 6, 7, 8),
                    new ContextLine(1000, "{}".getBytes(StandardCharsets.UTF_8)));

    /** How many of them the first version knew. */
    private static final int OF_THE_FIRST_VERSION = 5;

    private final TypeSerializer<FeedEvent> serializer = new FeedEventSerializer();

    @Test
    void isWhatFlinkUsesForEventsOfAFeed() {
        assertThat(TypeInformation.of(FeedEvent.class).createSerializer(new SerializerConfigImpl()))
                .isInstanceOf(FeedEventSerializer.class);
    }

    @Test
    void readsWhatEarlierVersionsWrote() throws IOException {
        assertReads(STORED_BEFORE, EVENTS.subList(0, OF_THE_FIRST_VERSION));
        assertReads(STORED, EVENTS);
    }

    private void assertReads(String resource, List<FeedEvent> events) throws IOException {
        // Given the stored bytes of a version
        DataInputDeserializer stored = new DataInputDeserializer(StoredBytes.read(resource));

        // When they are read by the serializer that the stored snapshot asks for
        TypeSerializerSnapshot<FeedEvent> snapshot =
                TypeSerializerSnapshot.readVersionedSnapshot(stored, getClass().getClassLoader());
        TypeSerializer<FeedEvent> restored = snapshot.restoreSerializer();

        // Then they are these events, and nothing is left
        for (FeedEvent event : events) {
            assertSame(restored.deserialize(stored), event);
        }
        assertThat(stored.available()).isZero();
        assertThat(
                        serializer
                                .snapshotConfiguration()
                                .resolveSchemaCompatibility(snapshot)
                                .isCompatibleAsIs())
                .isTrue();
    }

    @Test
    void stillWritesThatVersion() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
        for (FeedEvent event : EVENTS) {
            serializer.serialize(event, out);
        }

        assertThat(HexFormat.of().formatHex(out.getCopyOfBuffer()))
                .isEqualTo(HexFormat.of().formatHex(StoredBytes.read(STORED)));
    }

    @Test
    void copiesBetweenStreams() throws IOException {
        // Given a written event
        DataOutputSerializer written = new DataOutputSerializer(64);
        serializer.serialize(EVENTS.get(0), written);

        // When it is copied
        DataOutputSerializer copied = new DataOutputSerializer(64);
        serializer.copy(new DataInputDeserializer(written.getCopyOfBuffer()), copied);

        // Then the bytes are the same, and an event itself is its own copy
        assertThat(copied.getCopyOfBuffer()).isEqualTo(written.getCopyOfBuffer());
        assertThat(serializer.copy(EVENTS.get(0))).isSameAs(EVENTS.get(0));
    }

    @Test
    void refusesFormsItDoesNotKnow() {
        DataInputDeserializer bytes = new DataInputDeserializer(new byte[] {9});

        assertThatIOException()
                .isThrownBy(() -> serializer.deserialize(bytes))
                .withMessageContaining("9");
        assertThatIOException()
                .isThrownBy(
                        () ->
                                new FeedEventSerializerSnapshot()
                                        .readSnapshot(99, bytes, getClass().getClassLoader()))
                .withMessageContaining("99");
    }

    /** Frames and context are equal only if they are the same object. */
    private static void assertSame(FeedEvent actual, FeedEvent expected) {
        if (expected instanceof RawFrame || expected instanceof ContextLine) {
            assertThat(actual)
                    .usingRecursiveComparison()
                    .ignoringAllOverriddenEquals()
                    .isEqualTo(expected);
        } else {
            assertThat(actual).isEqualTo(expected);
        }
    }
}

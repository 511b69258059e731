package io.massivepipeline.job.context;

import io.massivepipeline.sources.poll.ContextAnswer;
import io.massivepipeline.sources.poll.spot.SpotPoll;

import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class SharingSerializerTest {

    private static final long T = Instant.parse("2025-12-22T20:00:00Z").toEpochMilli();

    private final TypeSerializer<SelectionState> plain =
            TypeInformation.of(SelectionState.class).createSerializer(new SerializerConfigImpl());
    private final TypeSerializer<SelectionState> sharing = new SharingSerializer<>(plain);

    private static ContextSelection selection() {
        ContextSelection selection =
                new ContextSelection(Set.of("SPX"), 2, 2.0, SelectionState.NONE);
        selection.take(price(T, "6880"));
        selection.take(TestChain.of("SPX").strikes("SPXW", 20251223, 6860, 6900, 5).at(T));
        return selection;
    }

    private static ContextAnswer price(long at, String value) {
        return ContextAnswer.of(new SpotPoll(at, List.of(TestContext.index("SPX", value))));
    }

    @Test
    void aCopyIsTheValueItself() {
        SelectionState state = selection().state();

        assertThat(sharing.copy(state)).isSameAs(state);
        assertThat(sharing.copy(state, SelectionState.NONE)).isSameAs(state);
        assertThat(sharing.duplicate().copy(state)).isSameAs(state);
        assertThat(sharing.isImmutableType()).isTrue();
    }

    @Test
    void eitherReadsWhatTheOtherWrote() throws IOException {
        SelectionState state = selection().state();
        assertThat(state.selections()).containsOnlyKeys("SPX:20251223");

        assertThat(read(sharing, write(plain, state))).isEqualTo(state);
        assertThat(read(plain, write(sharing, state))).isEqualTo(state);
    }

    /** A savepoint from before is restored, and so is one of now by who was before. */
    @Test
    void whatACheckpointSaysOfItIsAsBefore() {
        assertThat(
                        sharing.snapshotConfiguration()
                                .resolveSchemaCompatibility(plain.snapshotConfiguration())
                                .isCompatibleAsIs())
                .isTrue();
        assertThat(
                        plain.snapshotConfiguration()
                                .resolveSchemaCompatibility(sharing.snapshotConfiguration())
                                .isCompatibleAsIs())
                .isTrue();
    }

    /** What is shared with a checkpoint that is being written must not change under it. */
    @Test
    void whatWasHandedOutStaysAsItWasWhileTheSelectionGoesOn() {
        ContextSelection selection = selection();
        SelectionState before = selection.state();

        selection.take(price(T + 1_000, "6890"));
        selection.take(TestChain.of("SPX").strikes("SPXW", 20251224, 6860, 6900, 10).at(T + 2_000));

        assertThat(before).isEqualTo(selection().state());
        assertThat(before.prices().get("SPX").spot().price().value())
                .isEqualByComparingTo(new BigDecimal("6880"));
        assertThat(selection.state()).isNotEqualTo(before);
    }

    private static byte[] write(TypeSerializer<SelectionState> serializer, SelectionState state)
            throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1024);
        serializer.serialize(state, out);
        return out.getCopyOfBuffer();
    }

    private static SelectionState read(TypeSerializer<SelectionState> serializer, byte[] bytes)
            throws IOException {
        return serializer.deserialize(new DataInputDeserializer(bytes));
    }
}

package io.massivepipeline.job.context;

import io.massivepipeline.sources.poll.ContextAnswer;
import io.massivepipeline.sources.poll.spot.SpotPoll;

import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class SelectionStateSerializerTest {

    private static final long T = Instant.parse("2025-12-22T20:00:00Z").toEpochMilli();

    private final TypeSerializer<SelectionState> serializer = new SelectionStateSerializer();

    /** What wrote it at first. */
    private final TypeSerializer<SelectionState> byField =
            TypeInformation.of(SelectionState.class).createSerializer(new SerializerConfigImpl());

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

        assertThat(serializer.copy(state)).isSameAs(state);
        assertThat(serializer.copy(state, SelectionState.NONE)).isSameAs(state);
        assertThat(serializer.duplicate().copy(state)).isSameAs(state);
        assertThat(serializer.isImmutableType()).isTrue();
    }

    @Test
    void readsWhatItWrites() throws IOException {
        SelectionState state = selection().state();
        assertThat(state.selections()).containsOnlyKeys("SPX:20251223");

        assertThat(read(serializer, write(serializer, state))).isEqualTo(state);
        assertThat(read(serializer, write(serializer, SelectionState.NONE)))
                .isEqualTo(SelectionState.NONE);
    }

    /** A change of these bytes needs a new version. */
    @Test
    void stillWritesAndReadsTheFirstVersion() throws IOException {
        ContextSelection small = new ContextSelection(Set.of("SPX"), 1, 2.0, SelectionState.NONE);
        small.take(price(T, "6880"));
        small.take(TestChain.of("SPX").strikes("SPXW", 20251223, 6875, 6885, 5).at(T));

        assertThat(write(serializer, small.state())).isEqualTo(stored());
        assertThat(read(serializer, stored())).isEqualTo(small.state());
    }

    @Test
    void refusesAVersionThatItDoesNotKnow() throws IOException {
        byte[] bytes = write(serializer, selection().state());
        bytes[0] = 99;

        assertThatIOException()
                .isThrownBy(() -> read(serializer, bytes))
                .withMessageContaining("99");
    }

    @Test
    void aSavepointInWhichFlinkWroteTheFieldsIsRestored() throws Exception {
        // Given what the operator's state was at first
        ListStateDescriptor<SelectionState> asAtFirst =
                new ListStateDescriptor<>(ContextState.selection().getName(), byField);
        SelectionState state = selection().state();
        OperatorSubtaskState savepoint;
        try (var before = harness(asAtFirst)) {
            before.open();
            states(before, asAtFirst).update(List.of(state));
            savepoint = before.snapshot(1, T);
        }

        // When the operator of today begins with it
        try (var today = harness(ContextState.selection())) {
            today.initializeState(savepoint);
            today.open();

            // Then it knows the same, and so does who goes on from its own savepoint
            assertThat(states(today, ContextState.selection()).get()).containsExactly(state);
            savepoint = today.snapshot(2, T);
        }
        try (var tomorrow = harness(ContextState.selection())) {
            tomorrow.initializeState(savepoint);
            tomorrow.open();
            assertThat(states(tomorrow, ContextState.selection()).get()).containsExactly(state);
        }
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

    private static byte[] stored() throws IOException {
        try (InputStream in =
                SelectionStateSerializerTest.class.getResourceAsStream("selection-state-v1.hex")) {
            String digits = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
        }
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

    /** An operator that has this state and does nothing. */
    private static OneInputStreamOperatorTestHarness<String, String> harness(
            ListStateDescriptor<SelectionState> descriptor) throws Exception {
        return new OneInputStreamOperatorTestHarness<>(new Holder(descriptor));
    }

    private static ListState<SelectionState> states(
            OneInputStreamOperatorTestHarness<String, String> harness,
            ListStateDescriptor<SelectionState> descriptor)
            throws Exception {
        return harness.getOperator().getOperatorStateBackend().getListState(descriptor);
    }

    private static final class Holder extends AbstractStreamOperator<String>
            implements OneInputStreamOperator<String, String> {

        private static final long serialVersionUID = 1L;

        private final transient ListStateDescriptor<SelectionState> descriptor;

        private Holder(ListStateDescriptor<SelectionState> descriptor) {
            this.descriptor = descriptor;
        }

        @Override
        public void initializeState(StateInitializationContext context) throws Exception {
            context.getOperatorStateStore().getListState(descriptor);
        }

        @Override
        public void processElement(StreamRecord<String> element) {
            output.collect(element);
        }
    }
}

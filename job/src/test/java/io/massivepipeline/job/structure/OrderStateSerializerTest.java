package io.massivepipeline.job.structure;

import io.massivepipeline.sources.trade.OptionTrade;

import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OrderStateSerializerTest {

    private final OrderStateSerializer serializer =
            new OrderStateSerializer(
                    TypeInformation.of(OptionTrade.class)
                            .createSerializer(new SerializerConfigImpl()));

    @Test
    void whatIsReadIsWhatWasWritten() throws IOException {
        assertIsSample(read(write(sample())));
    }

    @Test
    void aCopyIsOneOfItsOwn() {
        OrderState original = sample();
        OrderState copy = serializer.copy(original);

        original.pending.releaseUntil(Long.MAX_VALUE);
        original.ids.forget(Long.MAX_VALUE);

        assertIsSample(copy);
    }

    @Test
    void readsTheBytesOfVersion1() throws IOException {
        // Given what version 1 wrote into a checkpoint
        byte[] stored;
        try (InputStream in = getClass().getResourceAsStream("order-state-v1.hex")) {
            stored = HexFormat.of().parseHex(new String(in.readAllBytes()).strip());
        }

        // Then it is still read
        assertIsSample(read(stored));
    }

    @Test
    void refusesBytesOfAVersionThatItDoesNotKnow() throws IOException {
        byte[] bytes = write(sample());
        bytes[0] = 9;

        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(IOException.class)
                .hasMessage("Unknown version 9 of the ordering state.");
    }

    private static OrderState sample() {
        OrderState state = new OrderState();
        OptionTrade waiting =
                Trades.at(1766437799445L, 1864261653L).arrival(true, 1766437800000L).build();
        state.pending.add(new IdentifiedTrade(waiting, 42));
        state.ids.claim(1766437799445L, 42, 111, true, 1766437920000L);
        state.ids.claim(1766437798000L, -2, 222, true, 1766437910000L);
        state.duplicates = 3;
        state.releaseTimer = 1766437800000L;
        state.forgetTimer = 1766437910000L;
        state.released = true;
        return state;
    }

    private static void assertIsSample(OrderState state) {
        assertThat(state.pending.all()).isEqualTo(sample().pending.all());
        assertThat(state.ids.nextForgetting()).isEqualTo(1766437910000L);
        assertThat(state.ids.claim(1766437799445L, 42, 111, true, 0)).isEqualTo(IdMemory.REPEAT);
        assertThat(state.ids.claim(1766437798000L, -2, 222, true, 0)).isEqualTo(IdMemory.REPEAT);
        assertThat(state.duplicates).isEqualTo(3);
        assertThat(state.releaseTimer).isEqualTo(1766437800000L);
        assertThat(state.forgetTimer).isEqualTo(1766437910000L);
        assertThat(state.released).isTrue();
    }

    private byte[] write(OrderState state) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(state, out);
        return out.getCopyOfBuffer();
    }

    private OrderState read(byte[] bytes) throws IOException {
        return serializer.deserialize(new DataInputDeserializer(bytes));
    }
}

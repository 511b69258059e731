package io.massivepipeline.sources.trade;

import io.massivepipeline.sources.StoredBytes;

import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** Flink's own suite for serializers, and what is promised about checkpoints. */
class OptionTradeSerializerTest extends SerializerTestBase<OptionTrade> {

    /** What version 1 wrote of {@link #getTestData()}, and what a checkpoint keeps of it. */
    private static final String STORED = "trade/option-trades-v1.hex";

    @Override
    protected TypeSerializer<OptionTrade> createSerializer() {
        return new OptionTradeSerializer();
    }

    @Override
    protected int getLength() {
        return -1;
    }

    @Override
    protected Class<OptionTrade> getTypeClass() {
        return OptionTrade.class;
    }

    /** The trades whose bytes are stored: only ever to be added to. */
    @Override
    protected OptionTrade[] getTestData() {
        OptionContract call = OptionContract.parse("O:A691231C00000000").orElseThrow();
        OptionContract put = OptionContract.parse("O:ABCDEF000229P99999999").orElseThrow();
        return new OptionTrade[] {
            OptionTradeTest.trade().exchange(312).sequence(42).conditions(209).build(),
            OptionTradeTest.trade().build(),
            OptionTradeTest.trade().contract(call).price(Price.of(0, 0)).conditions(201).build(),
            OptionTradeTest.trade()
                    .contract(put)
                    .price(Price.of(new BigDecimal("999999999.99999999999999999999")))
                    .size(Integer.MAX_VALUE)
                    .timestamp(4_102_444_799_999L)
                    .exchange(Integer.MAX_VALUE)
                    .sequence((1L << 43) - 1)
                    .conditions(0, Integer.MAX_VALUE, 1, 2, 3, 4, 5, 6, 7, 8, 9)
                    .arrival(true, 4_102_444_799_999L)
                    .build(),
            OptionTradeTest.trade().price(Price.of(999_999_999_999_999_999L, 9)).build(),
            OptionTradeTest.trade().price(Price.of(1, 20)).arrival(true, -59_000).build()
        };
    }

    /** Trades are immutable: none is made in order to be filled in. */
    @Override
    @Test
    protected void testInstantiate() {
        assertThat(createSerializer().createInstance()).isNull();
        assertThat(createSerializer().isImmutableType()).isTrue();
    }

    @Test
    void isWhatFlinkUsesForTrades() {
        assertThat(
                        TypeInformation.of(OptionTrade.class)
                                .createSerializer(new SerializerConfigImpl()))
                .isInstanceOf(OptionTradeSerializer.class);
    }

    @Test
    void readsWhatEarlierVersionsWrote() throws IOException {
        // Given the stored bytes of the first version
        DataInputDeserializer stored = new DataInputDeserializer(StoredBytes.read(STORED));

        // When they are read by the serializer that the stored snapshot asks for
        TypeSerializerSnapshot<OptionTrade> snapshot =
                TypeSerializerSnapshot.readVersionedSnapshot(stored, getClass().getClassLoader());
        TypeSerializer<OptionTrade> serializer = snapshot.restoreSerializer();

        // Then they are these trades, and nothing is left
        for (OptionTrade trade : getTestData()) {
            assertThat(serializer.deserialize(stored)).isEqualTo(trade);
        }
        assertThat(stored.available()).isZero();
        assertThat(
                        createSerializer()
                                .snapshotConfiguration()
                                .resolveSchemaCompatibility(snapshot)
                                .isCompatibleAsIs())
                .isTrue();
    }

    @Test
    void stillWritesThatVersion() throws IOException {
        // When the trades are written today
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(
                out, createSerializer().snapshotConfiguration());
        for (OptionTrade trade : getTestData()) {
            createSerializer().serialize(trade, out);
        }

        // Then the bytes are those stored: a change needs a new version
        assertThat(HexFormat.of().formatHex(out.getCopyOfBuffer()))
                .isEqualTo(HexFormat.of().formatHex(StoredBytes.read(STORED)));
    }

    @Test
    void refusesFormsItDoesNotKnow() {
        assertThatIOException()
                .isThrownBy(
                        () ->
                                new OptionTradeSerializerSnapshot()
                                        .readSnapshot(
                                                99,
                                                new DataInputDeserializer(new byte[0]),
                                                getClass().getClassLoader()))
                .withMessageContaining("99");
    }

    @Test
    void sharesContractsBetweenTheTradesItReads() throws IOException {
        // Given two trades of one contract
        DataOutputSerializer out = new DataOutputSerializer(64);
        OptionTradeSerializer serializer = new OptionTradeSerializer();
        serializer.serialize(OptionTradeTest.trade().size(1).build(), out);
        serializer.serialize(OptionTradeTest.trade().size(2).build(), out);

        // When they are read
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        OptionTrade first = serializer.deserialize(in);
        OptionTrade second = serializer.deserialize(in);

        // Then the contract, and with it the key, was made once
        assertThat(second.contract()).isSameAs(first.contract());
        assertThat(second.contract().expiryKey()).isSameAs(first.contract().expiryKey());
    }
}

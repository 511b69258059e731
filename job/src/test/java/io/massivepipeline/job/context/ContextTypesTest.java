package io.massivepipeline.job.context;

import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.sources.poll.ContextAnswer;
import io.massivepipeline.sources.poll.PollEvent;
import io.massivepipeline.sources.poll.PollKind;
import io.massivepipeline.sources.poll.PollStatistics;
import io.massivepipeline.sources.poll.chain.ChainContract;
import io.massivepipeline.sources.poll.chain.ChainPoll;
import io.massivepipeline.sources.poll.spot.SpotPoll;
import io.massivepipeline.sources.poll.spot.SpotPrice;
import io.massivepipeline.sources.trade.OptionRight;

import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.PojoTestUtils;
import org.apache.flink.util.InstantiationUtil;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What goes between tasks arrives as it was, also behind something else, and without Kryo. */
class ContextTypesTest {

    private static final long AT = 1_766_500_200_000L;

    private static final SpotPrice INDEX =
            new SpotPrice("SPX", "I:SPX", new BigDecimal("6878.49"), null, AT - 5, null, null);
    private static final SpotPrice STOCK =
            new SpotPrice("SPY", "SPY", new BigDecimal("0.1"), 7L, AT, "open", "REAL-TIME");

    private static final List<ChainContract> CONTRACTS =
            List.of(
                    new ChainContract(
                            "O:SPXW251223P06870000",
                            "SPXW",
                            OptionRight.PUT,
                            20251223,
                            6_870_000,
                            100,
                            new BigDecimal("12.30"),
                            null,
                            new BigDecimal("12.4"),
                            AT,
                            null,
                            null,
                            0.12,
                            -0.5,
                            null,
                            null,
                            null,
                            11L,
                            null));

    private static SpotPrice saying(String marketStatus) {
        return new SpotPrice("SPY", "SPY", new BigDecimal("1"), 7L, AT, marketStatus, "DELAYED");
    }

    static Stream<PollEvent> pollEvents() {
        return Stream.of(
                PollEvent.of(ContextAnswer.of(new SpotPoll(AT, List.of(INDEX, STOCK)))),
                PollEvent.of(
                        ContextAnswer.of(
                                new ChainPoll(AT, "SPX", List.of(20251223, 20251224), CONTRACTS))),
                PollEvent.of(new PollStatistics(PollKind.SPOT, 7, 1, 21, 3, 412, 900, AT, 2)));
    }

    static Stream<ContextUpdate> updates() {
        return Stream.of(
                ContextUpdate.of(new Spot(AT, INDEX)),
                ContextUpdate.of(new Spot(AT, STOCK)),
                // What the provider writes has no bounds, and 64 KB are those of writeUTF
                ContextUpdate.of(new Spot(AT, saying("x".repeat(70_000)))),
                ContextUpdate.of(
                        new ChainContext(
                                StreamKey.parse("SPX:20251223"),
                                AT,
                                AT - 1,
                                1,
                                2,
                                new BigDecimal("6878.49"),
                                6_880_000,
                                60,
                                5_000,
                                6_820_000,
                                6_935_000,
                                CONTRACTS)));
    }

    /** Those that have a serializer of their own, too: it is how older savepoints have them. */
    @ParameterizedTest
    @ValueSource(
            classes = {
                ContextAnswer.class,
                Spot.class,
                ChainContext.class,
                ContextUpdate.class,
                PollEvent.class,
                ExpirySelection.class,
                ChainSelection.class,
                KnownPrice.class,
                KnownChain.class,
                SelectionState.class
            })
    void everyRecordIsKnownToFlinkWithoutKryo(Class<?> type) {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
    }

    @ParameterizedTest
    @MethodSource
    void pollEvents(PollEvent event) throws Exception {
        assertThat(sent(ContextTypes.pollEvents(), event)).containsExactly(event, event);
    }

    @ParameterizedTest
    @MethodSource
    void updates(ContextUpdate update) throws Exception {
        assertThat(sent(ContextTypes.updates(), update)).containsExactly(update, update);
    }

    /** Twice, as Flink does it: the type travels to the tasks, and bytes are copied on the way. */
    private static <T> List<T> sent(TypeInformation<T> type, T value) throws Exception {
        TypeSerializer<T> writer = serializer(type);
        DataOutputSerializer out = new DataOutputSerializer(16);
        writer.serialize(value, out);
        writer.serialize(value, out);
        DataOutputSerializer copied = new DataOutputSerializer(16);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        writer.copy(in, copied);
        writer.copy(in, copied);
        return read(serializer(type), new DataInputDeserializer(copied.getCopyOfBuffer()));
    }

    private static <T> TypeSerializer<T> serializer(TypeInformation<T> type) throws Exception {
        TypeInformation<T> arrived = InstantiationUtil.clone(type);
        assertThat(arrived).isEqualTo(type);
        return arrived.createSerializer(new SerializerConfigImpl());
    }

    private static <T> List<T> read(TypeSerializer<T> reader, DataInputDeserializer in)
            throws IOException {
        List<T> both = List.of(reader.deserialize(in), reader.deserialize(in));
        assertThat(in.available()).isZero();
        return both;
    }
}

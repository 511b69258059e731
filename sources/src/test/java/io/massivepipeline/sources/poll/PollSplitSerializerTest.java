package io.massivepipeline.sources.poll;

import io.massivepipeline.sources.StoredBytes;
import io.massivepipeline.sources.poll.capture.PollEventSerializer;
import io.massivepipeline.sources.poll.chain.ChainContract;
import io.massivepipeline.sources.poll.chain.ChainPoll;
import io.massivepipeline.sources.poll.spot.SpotPoll;
import io.massivepipeline.sources.poll.spot.SpotPrice;
import io.massivepipeline.sources.split.SingleSplitSerializer;
import io.massivepipeline.sources.trade.OptionRight;

import org.apache.flink.core.io.SimpleVersionedSerialization;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** What pollers have in checkpoints. */
class PollSplitSerializerTest {

    private static final String STORED = "poll/poll-split-v1.hex";

    private static final PollEvent SPOT =
            PollEvent.of(
                    ContextAnswer.of(
                            new SpotPoll(
                                    1_766_437_799_431L,
                                    List.of(
                                            new SpotPrice(
                                                    "SPX",
                                                    "I:SPX",
                                                    new BigDecimal("6878.49"),
                                                    null,
                                                    1_766_437_799_400L,
                                                    "open",
                                                    "REAL-TIME")))));

    private static final PollEvent CHAIN =
            PollEvent.of(
                    ContextAnswer.of(
                            new ChainPoll(
                                    1_766_437_790_000L,
                                    "SPX",
                                    List.of(20251223),
                                    List.of(
                                            new ChainContract(
                                                    "O:SPXW251223P06870000",
                                                    "SPXW",
                                                    OptionRight.PUT,
                                                    20251223,
                                                    6_870_000,
                                                    100,
                                                    new BigDecimal("7.5"),
                                                    new BigDecimal("7.9"),
                                                    new BigDecimal("7.7"),
                                                    1_766_437_789_000L,
                                                    null,
                                                    null,
                                                    0.1375,
                                                    -0.402,
                                                    null,
                                                    null,
                                                    null,
                                                    1234L,
                                                    null)))));

    private final PollSplitSerializer splits = new PollSplitSerializer();
    private final PollEventSerializer answers = new PollEventSerializer();

    @Test
    void readsWhatEarlierVersionsWrote() throws IOException {
        // Given the stored bytes of the first version
        PollSplit split = splits.deserialize(1, StoredBytes.read(STORED));

        // Then the answers of its checkpoint are these
        assertThat(split.answers()).containsOnlyKeys("spot", "SPX");
        assertThat(answer(split, "spot")).isEqualTo(SPOT);
        assertThat(answer(split, "SPX")).isEqualTo(CHAIN);
    }

    @Test
    void stillWritesThatVersion() throws IOException {
        // Given the stored answers
        Map<String, byte[]> stored = splits.deserialize(1, StoredBytes.read(STORED)).answers();

        // Then the split around them is written as it was; how they are packed is the JDK's choice
        assertThat(splits.getVersion()).isEqualTo(1);
        assertThat(answers.getVersion()).isEqualTo(1);
        assertThat(HexFormat.of().formatHex(splits.serialize(new PollSplit(stored))))
                .isEqualTo(HexFormat.of().formatHex(StoredBytes.read(STORED)));
    }

    @Test
    void readsWhatItWrites() throws IOException {
        PollSplit split = new PollSplit(Map.of("spot", bytes(SPOT), "SPX", bytes(CHAIN)));

        PollSplit read = splits.deserialize(1, splits.serialize(split));

        assertThat(answer(read, "spot")).isEqualTo(SPOT);
        assertThat(answer(read, "SPX")).isEqualTo(CHAIN);
        SingleSplitSerializer<PollSplit> unassigned = new SingleSplitSerializer<>(splits);
        assertThat(unassigned.deserialize(1, unassigned.serialize(Optional.empty()))).isEmpty();
        assertThat(unassigned.deserialize(1, unassigned.serialize(Optional.of(split))))
                .hasValueSatisfying(s -> assertThat(s.answers()).containsOnlyKeys("spot", "SPX"));
    }

    @Test
    void refusesFormsItDoesNotKnow() {
        assertThatIOException()
                .isThrownBy(() -> splits.deserialize(99, new byte[8]))
                .withMessageContaining("99");
        assertThatIOException()
                .isThrownBy(() -> answers.deserialize(99, new byte[8]))
                .withMessageContaining("99");
    }

    private PollEvent answer(PollSplit split, String question) throws IOException {
        return SimpleVersionedSerialization.readVersionAndDeSerialize(
                answers, split.answers().get(question));
    }

    private byte[] bytes(PollEvent event) throws IOException {
        return SimpleVersionedSerialization.writeVersionAndSerialize(answers, event);
    }
}

package io.massivepipeline.sources.poll.capture;

import io.massivepipeline.sources.StoredBytes;
import io.massivepipeline.sources.poll.PollEvent;
import io.massivepipeline.sources.poll.PollKind;
import io.massivepipeline.sources.poll.PollStatistics;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** What pollers hand on, in checkpoints of this version and of those before. */
class PollEventSerializerTest {

    private static final PollEvent STATISTICS =
            PollEvent.of(
                    new PollStatistics(
                            PollKind.CHAIN, 7, 1, 21, 3000, 412, 900, 1_766_437_799_431L, 2));

    private final PollEventSerializer serializer = new PollEventSerializer();

    static Stream<Arguments> stored() {
        PollEvent spot = PollEvent.of(AnswerTextTest.SPOT);
        PollEvent chain = PollEvent.of(AnswerTextTest.CHAIN);
        return Stream.of(
                Arguments.of(1, "poll/spot-answer-v1.hex", spot),
                Arguments.of(1, "poll/chain-answer-v1.hex", chain),
                Arguments.of(2, "poll/spot-answer-v2.hex", spot),
                Arguments.of(2, "poll/statistics-v2.hex", STATISTICS),
                Arguments.of(2, "poll/chain-answer-v2.hex", chain),
                Arguments.of(3, "poll/chain-answer-v3.hex", chain));
    }

    @ParameterizedTest
    @MethodSource("stored")
    void readsWhatAnyVersionHasWritten(int version, String bytes, PollEvent expected)
            throws IOException {
        assertThat(serializer.deserialize(version, StoredBytes.read(bytes))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("stored")
    void readsWhatItWrites(int version, String bytes, PollEvent event) throws IOException {
        byte[] written = serializer.serialize(event);

        assertThat(serializer.deserialize(serializer.getVersion(), written)).isEqualTo(event);
    }

    @Test
    void refusesWhatItDoesNotKnow() throws IOException {
        byte[] written = serializer.serialize(STATISTICS);

        assertThatIOException()
                .isThrownBy(() -> serializer.deserialize(4, written))
                .withMessageContaining("unknown form 4");
        written[0] = 9;
        assertThatIOException()
                .isThrownBy(() -> serializer.deserialize(2, written))
                .withMessageContaining("Neither an answer nor statistics: 9");
    }
}

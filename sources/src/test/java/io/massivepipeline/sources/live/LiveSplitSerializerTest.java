package io.massivepipeline.sources.live;

import io.massivepipeline.sources.split.SingleSplitSerializer;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LiveSplitSerializerTest {

    /** As version 1 wrote it: a later version must still read it. */
    private static final String VERSION_1 =
            "00000000000004d2" + "0000019b472af281" + "0000000000000007";

    private static final LiveSplit SPLIT = new LiveSplit(1_234, 0x19b472af281L, 7);

    private final LiveSplitSerializer splits = new LiveSplitSerializer();
    private final SingleSplitSerializer<LiveSplit> states = new SingleSplitSerializer<>(splits);

    @Test
    void readsStoredBytes() throws IOException {
        assertThat(splits.deserialize(1, HexFormat.of().parseHex(VERSION_1))).isEqualTo(SPLIT);
        assertThat(states.deserialize(1, HexFormat.of().parseHex(VERSION_1)))
                .isEqualTo(Optional.of(SPLIT));
        assertThat(states.deserialize(1, new byte[0])).isEqualTo(Optional.empty());
    }

    @Test
    void readsWhatItWrites() throws IOException {
        assertThat(splits.deserialize(splits.getVersion(), splits.serialize(SPLIT)))
                .isEqualTo(SPLIT);
        for (Optional<LiveSplit> split : List.of(Optional.of(SPLIT), Optional.<LiveSplit>empty())) {
            assertThat(states.deserialize(states.getVersion(), states.serialize(split)))
                    .isEqualTo(split);
        }
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> splits.deserialize(2, new byte[24]))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> splits.deserialize(1, new byte[23]))
                .isInstanceOf(IOException.class);
    }
}

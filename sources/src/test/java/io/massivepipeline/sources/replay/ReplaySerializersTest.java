package io.massivepipeline.sources.replay;

import io.massivepipeline.sources.StoredBytes;
import io.massivepipeline.sources.split.SingleSplitSerializer;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class ReplaySerializersTest {

    private static final String STORED = "replay/replay-split-v2.hex";
    private static final String STORED_BEFORE = "replay/replay-split-v1.hex";

    private static final List<String> SEGMENTS = List.of("/feeds/1", "/feeds/zwei \u20ac.gz");

    /** The split whose bytes are stored. */
    private static final ReplaySplit SPLIT =
            new ReplaySplit(SEGMENTS, 1, 1L << 40, 1L << 35, "/feeds/context.gz", 1L << 41);

    /** That of the first version, which knew no context. */
    private static final ReplaySplit SPLIT_BEFORE =
            new ReplaySplit(SEGMENTS, 1, 1L << 40, 1L << 35, null, 0);

    private final ReplaySplitSerializer splits = new ReplaySplitSerializer();
    private final SingleSplitSerializer<ReplaySplit> states = new SingleSplitSerializer<>(splits);

    @Test
    void readsSplitsThatEarlierVersionsWrote() throws IOException {
        assertThat(splits.deserialize(1, StoredBytes.read(STORED_BEFORE))).isEqualTo(SPLIT_BEFORE);
        assertThat(states.deserialize(1, StoredBytes.read(STORED_BEFORE)))
                .isEqualTo(Optional.of(SPLIT_BEFORE));
        assertThat(splits.deserialize(2, StoredBytes.read(STORED))).isEqualTo(SPLIT);
        assertThat(states.deserialize(1, new byte[0])).isEqualTo(Optional.empty());
    }

    @Test
    void stillWritesThatVersion() throws IOException {
        assertThat(splits.getVersion()).isEqualTo(2);
        assertThat(HexFormat.of().formatHex(splits.serialize(SPLIT)))
                .isEqualTo(HexFormat.of().formatHex(StoredBytes.read(STORED)));
    }

    @Test
    void writesWhatTheEnumeratorKnows() throws IOException {
        for (Optional<ReplaySplit> unassigned :
                List.of(
                        Optional.of(SPLIT),
                        Optional.of(SPLIT_BEFORE),
                        Optional.<ReplaySplit>empty())) {
            assertThat(states.deserialize(states.getVersion(), states.serialize(unassigned)))
                    .isEqualTo(unassigned);
        }
    }

    @Test
    void refusesFormsItDoesNotKnow() {
        assertThatIOException()
                .isThrownBy(() -> splits.deserialize(99, new byte[8]))
                .withMessageContaining("99");
    }
}

package io.massivepipeline.sources.replay;

import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.io.IOException;
import java.util.Optional;

/** Writes the enumerator's state into checkpoints: the split that nobody has, or nothing. */
final class ReplayEnumeratorStateSerializer
        implements SimpleVersionedSerializer<ReplayEnumeratorState> {

    private final ReplaySplitSerializer splits = new ReplaySplitSerializer();

    /** That of the split, which is all there is. */
    @Override
    public int getVersion() {
        return splits.getVersion();
    }

    @Override
    public byte[] serialize(ReplayEnumeratorState state) throws IOException {
        return state.unassigned().isPresent()
                ? splits.serialize(state.unassigned().get())
                : new byte[0];
    }

    @Override
    public ReplayEnumeratorState deserialize(int version, byte[] serialized) throws IOException {
        return new ReplayEnumeratorState(
                serialized.length == 0
                        ? Optional.empty()
                        : Optional.of(splits.deserialize(version, serialized)));
    }
}

package io.massivepipeline.sources.live;

import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.io.IOException;
import java.util.Optional;

/** Writes the enumerator's state: the split that no reader has, or nothing. */
final class LiveEnumeratorStateSerializer
        implements SimpleVersionedSerializer<LiveEnumeratorState> {

    private static final int VERSION = 1;

    private final LiveSplitSerializer splits = new LiveSplitSerializer();

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(LiveEnumeratorState state) {
        return state.unassigned().map(splits::serialize).orElseGet(() -> new byte[0]);
    }

    @Override
    public LiveEnumeratorState deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException("A state of the live feed of the unknown form " + version);
        }
        return new LiveEnumeratorState(
                serialized.length == 0
                        ? Optional.empty()
                        : Optional.of(splits.deserialize(VERSION, serialized)));
    }
}

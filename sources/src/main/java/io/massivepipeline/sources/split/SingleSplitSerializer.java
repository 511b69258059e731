package io.massivepipeline.sources.split;

import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.io.IOException;
import java.util.Optional;

/**
 * Writes the state of a {@link SingleSplitEnumerator}: the split that nobody has, or nothing. Its
 * version is that of the split, which is all there is.
 */
public final class SingleSplitSerializer<S extends SourceSplit>
        implements SimpleVersionedSerializer<Optional<S>> {

    private final SimpleVersionedSerializer<S> splits;

    public SingleSplitSerializer(SimpleVersionedSerializer<S> splits) {
        this.splits = splits;
    }

    @Override
    public int getVersion() {
        return splits.getVersion();
    }

    @Override
    public byte[] serialize(Optional<S> unassigned) throws IOException {
        return unassigned.isPresent() ? splits.serialize(unassigned.get()) : new byte[0];
    }

    @Override
    public Optional<S> deserialize(int version, byte[] serialized) throws IOException {
        return serialized.length == 0
                ? Optional.empty()
                : Optional.of(splits.deserialize(version, serialized));
    }
}

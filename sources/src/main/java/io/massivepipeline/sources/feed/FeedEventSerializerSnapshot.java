package io.massivepipeline.sources.feed;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Which form of events a checkpoint holds. The version is all that there is to know; the second
 * added a kind and changed no other.
 */
public final class FeedEventSerializerSnapshot implements TypeSerializerSnapshot<FeedEvent> {

    private static final int VERSION = 2;

    @Override
    public int getCurrentVersion() {
        return VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) {
        // The version, which Flink writes itself, says it all.
    }

    @Override
    public void readSnapshot(int version, DataInputView in, ClassLoader classLoader)
            throws IOException {
        if (version < 1 || version > VERSION) {
            throw new IOException(
                    "Feed events of the unknown form " + version + " in the checkpoint");
        }
    }

    @Override
    public TypeSerializer<FeedEvent> restoreSerializer() {
        return new FeedEventSerializer();
    }

    @Override
    public TypeSerializerSchemaCompatibility<FeedEvent> resolveSchemaCompatibility(
            TypeSerializerSnapshot<FeedEvent> old) {
        return old instanceof FeedEventSerializerSnapshot
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.incompatible();
    }
}

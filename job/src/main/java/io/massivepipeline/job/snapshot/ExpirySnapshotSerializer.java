package io.massivepipeline.job.snapshot;

import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * The bytes of {@link ExpirySnapshot}. Each value begins with its version, so that a later version
 * can read what this one wrote.
 */
final class ExpirySnapshotSerializer extends TypeSerializerSingleton<ExpirySnapshot> {

    static final ExpirySnapshotSerializer INSTANCE = new ExpirySnapshotSerializer();

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    /** Says nothing but which serializer wrote a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ExpirySnapshot> {

        /** For Flink, which makes it from a checkpoint. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }

    private ExpirySnapshotSerializer() {}

    @Override
    public void serialize(ExpirySnapshot snapshot, DataOutputView out) throws IOException {
        out.writeByte(VERSION);
        snapshot.write(out);
    }

    @Override
    public ExpirySnapshot deserialize(DataInputView in) throws IOException {
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException("Unknown version " + version + " of an expiry's snapshot.");
        }
        return ExpirySnapshot.read(in);
    }

    @Override
    public ExpirySnapshot deserialize(ExpirySnapshot reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
        serialize(deserialize(in), out);
    }

    @Override
    public ExpirySnapshot copy(ExpirySnapshot from) {
        return from.copy();
    }

    @Override
    public ExpirySnapshot copy(ExpirySnapshot from, ExpirySnapshot reuse) {
        return from.copy();
    }

    /** There is no snapshot without its stream: Flink makes one by deserializing. */
    @Override
    public ExpirySnapshot createInstance() {
        return null;
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public TypeSerializerSnapshot<ExpirySnapshot> snapshotConfiguration() {
        return new Snapshot();
    }
}

package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.structure.GatheredOutput;
import io.massivepipeline.job.structure.VersionedSerializer;

import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** The bytes of {@link ExpirySnapshot}; not for several threads. */
final class ExpirySnapshotSerializer extends VersionedSerializer<ExpirySnapshot> {

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 2;

    private transient GatheredOutput gathered;

    /** Says nothing but which serializer wrote a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ExpirySnapshot> {

        /** For Flink, which makes it from a checkpoint. */
        public Snapshot() {
            super(ExpirySnapshotSerializer::new);
        }
    }

    ExpirySnapshotSerializer() {
        super(VERSION, "an expiry's snapshot");
    }

    @Override
    protected void write(ExpirySnapshot snapshot, DataOutputView out) throws IOException {
        gathered = gathered == null ? new GatheredOutput() : gathered;
        gathered.begin(out);
        snapshot.write(gathered);
        gathered.handOn();
    }

    @Override
    protected ExpirySnapshot read(DataInputView in) throws IOException {
        return ExpirySnapshot.read(in);
    }

    @Override
    public ExpirySnapshot copy(ExpirySnapshot from) {
        return from.copy();
    }

    /** Each thread gathers in memory of its own. */
    @Override
    public ExpirySnapshotSerializer duplicate() {
        return new ExpirySnapshotSerializer();
    }

    @Override
    public TypeSerializerSnapshot<ExpirySnapshot> snapshotConfiguration() {
        return new Snapshot();
    }
}

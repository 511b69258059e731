package io.massivepipeline.job.analytics;

import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * The bytes of {@link ExpiryDay}. Each value begins with its version, so that a later version can
 * read what this one wrote.
 */
final class ExpiryDaySerializer extends TypeSerializerSingleton<ExpiryDay> {

    static final ExpiryDaySerializer INSTANCE = new ExpiryDaySerializer();

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    /** Says nothing but which serializer wrote a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ExpiryDay> {

        /** For Flink, which makes it from a checkpoint. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }

    private ExpiryDaySerializer() {}

    @Override
    public void serialize(ExpiryDay day, DataOutputView out) throws IOException {
        out.writeByte(VERSION);
        day.write(out);
    }

    @Override
    public ExpiryDay deserialize(DataInputView in) throws IOException {
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException("Unknown version " + version + " of an expiry's trade date.");
        }
        return ExpiryDay.read(in);
    }

    @Override
    public ExpiryDay deserialize(ExpiryDay reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
        serialize(deserialize(in), out);
    }

    @Override
    public ExpiryDay copy(ExpiryDay from) {
        return from.copy();
    }

    @Override
    public ExpiryDay copy(ExpiryDay from, ExpiryDay reuse) {
        return from.copy();
    }

    /** There is no day without its stream: Flink makes one by deserializing. */
    @Override
    public ExpiryDay createInstance() {
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
    public TypeSerializerSnapshot<ExpiryDay> snapshotConfiguration() {
        return new Snapshot();
    }
}

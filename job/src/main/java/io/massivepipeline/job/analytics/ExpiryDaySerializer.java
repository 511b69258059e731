package io.massivepipeline.job.analytics;

import io.massivepipeline.job.structure.GatheredOutput;
import io.massivepipeline.job.structure.VersionedSerializer;

import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** The bytes of {@link ExpiryDay}. */
final class ExpiryDaySerializer extends VersionedSerializer<ExpiryDay> {

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

    private ExpiryDaySerializer() {
        super(VERSION, "an expiry's trade date");
    }

    @Override
    protected void write(ExpiryDay day, DataOutputView out) throws IOException {
        GatheredOutput gathered = new GatheredOutput(out);
        day.write(gathered);
        gathered.handOn();
    }

    @Override
    protected ExpiryDay read(DataInputView in) throws IOException {
        return ExpiryDay.read(in);
    }

    @Override
    public ExpiryDay copy(ExpiryDay from) {
        return from.copy();
    }

    @Override
    public TypeSerializerSnapshot<ExpiryDay> snapshotConfiguration() {
        return new Snapshot();
    }
}

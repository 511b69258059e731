package io.massivepipeline.job.analytics;

import io.massivepipeline.job.structure.GatheredOutput;
import io.massivepipeline.job.structure.VersionedSerializer;

import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** The bytes of {@link ExpiryDay}; not for several threads. */
final class ExpiryDaySerializer extends VersionedSerializer<ExpiryDay> {

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 2;

    private transient GatheredOutput gathered;

    /** Says nothing but which serializer wrote a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ExpiryDay> {

        /** For Flink, which makes it from a checkpoint. */
        public Snapshot() {
            super(ExpiryDaySerializer::new);
        }
    }

    ExpiryDaySerializer() {
        super(VERSION, "an expiry's trade date");
    }

    @Override
    protected void write(ExpiryDay day, DataOutputView out) throws IOException {
        gathered = gathered == null ? new GatheredOutput() : gathered;
        gathered.begin(out);
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

    /** Each thread gathers in memory of its own. */
    @Override
    public ExpiryDaySerializer duplicate() {
        return new ExpiryDaySerializer();
    }

    @Override
    public TypeSerializerSnapshot<ExpiryDay> snapshotConfiguration() {
        return new Snapshot();
    }
}

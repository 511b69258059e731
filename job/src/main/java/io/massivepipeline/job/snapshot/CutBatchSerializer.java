package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.structure.SerializedType;
import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.job.structure.VersionedSerializer;

import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The bytes of {@link CutBatch} on their way between two tasks. */
final class CutBatchSerializer extends VersionedSerializer<CutBatch> {

    static final CutBatchSerializer INSTANCE = new CutBatchSerializer();

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 2;

    /** Says nothing but which serializer wrote a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<CutBatch> {

        /** For Flink, which makes it from a checkpoint. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }

    /** Tells Flink of this serializer wherever it meets the class. */
    public static final class TypeFactory extends TypeInfoFactory<CutBatch> {

        @Override
        public TypeInformation<CutBatch> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> genericParameters) {
            return new SerializedType<>(CutBatch.class, INSTANCE);
        }
    }

    private CutBatchSerializer() {
        super(VERSION, "trades for cuts");
    }

    @Override
    protected void write(CutBatch batch, DataOutputView out) throws IOException {
        out.writeUTF(batch.stream().text());
        out.writeInt(batch.cuts().size());
        for (CutTrades cut : batch.cuts()) {
            cut.write(out);
        }
    }

    @Override
    protected CutBatch read(DataInputView in) throws IOException {
        StreamKey stream = StreamKey.parse(in.readUTF());
        int size = in.readInt();
        List<CutTrades> cuts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            cuts.add(CutTrades.read(in));
        }
        return new CutBatch(stream, cuts);
    }

    @Override
    public CutBatch copy(CutBatch from) {
        return from;
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TypeSerializerSnapshot<CutBatch> snapshotConfiguration() {
        return new Snapshot();
    }
}

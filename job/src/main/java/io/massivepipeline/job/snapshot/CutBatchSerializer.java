package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.structure.StreamKey;

import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The bytes of {@link CutBatch} on their way between two tasks. */
final class CutBatchSerializer extends TypeSerializerSingleton<CutBatch> {

    static final CutBatchSerializer INSTANCE = new CutBatchSerializer();

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    /** Says nothing but which serializer wrote a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<CutBatch> {

        /** For Flink, which makes it from a checkpoint. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }

    private CutBatchSerializer() {}

    @Override
    public void serialize(CutBatch batch, DataOutputView out) throws IOException {
        out.writeByte(VERSION);
        out.writeUTF(batch.stream().text());
        out.writeInt(batch.cuts().size());
        for (CutTrades cut : batch.cuts()) {
            cut.write(out);
        }
    }

    @Override
    public CutBatch deserialize(DataInputView in) throws IOException {
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException("Unknown version " + version + " of trades for cuts.");
        }
        StreamKey stream = StreamKey.parse(in.readUTF());
        int size = in.readInt();
        List<CutTrades> cuts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            cuts.add(CutTrades.read(in));
        }
        return new CutBatch(stream, cuts);
    }

    @Override
    public CutBatch deserialize(CutBatch reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
        serialize(deserialize(in), out);
    }

    @Override
    public CutBatch copy(CutBatch from) {
        return from;
    }

    @Override
    public CutBatch copy(CutBatch from, CutBatch reuse) {
        return from;
    }

    /** Batches are immutable: there is nothing to be filled in later. */
    @Override
    public CutBatch createInstance() {
        return null;
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public TypeSerializerSnapshot<CutBatch> snapshotConfiguration() {
        return new Snapshot();
    }
}

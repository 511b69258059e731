package io.massivepipeline.job.context;

import io.massivepipeline.job.structure.VersionedSerializer;
import io.massivepipeline.sources.poll.chain.ChainForm;

import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** The bytes of what is broadcast, on their way to each subtask. */
final class ContextUpdateSerializer extends VersionedSerializer<ContextUpdate> {

    static final ContextUpdateSerializer INSTANCE = new ContextUpdateSerializer();

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    /** Says nothing but which serializer wrote a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ContextUpdate> {

        /** For Flink, which makes it from a checkpoint. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }

    private ContextUpdateSerializer() {
        super(VERSION, "context");
    }

    @Override
    protected void write(ContextUpdate update, DataOutputView out) throws IOException {
        out.writeBoolean(update.spot() != null);
        if (update.spot() != null) {
            ContextForm.write(update.spot(), out);
        } else {
            ContextForm.writeHead(update.chain(), out);
            ChainForm.writeContracts(update.chain().contracts(), out);
        }
    }

    @Override
    protected ContextUpdate read(DataInputView in) throws IOException {
        return in.readBoolean()
                ? ContextUpdate.of(ContextForm.readSpot(in))
                : ContextUpdate.of(ContextForm.readChain(in));
    }

    @Override
    public ContextUpdate copy(ContextUpdate from) {
        return from;
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TypeSerializerSnapshot<ContextUpdate> snapshotConfiguration() {
        return new Snapshot();
    }
}

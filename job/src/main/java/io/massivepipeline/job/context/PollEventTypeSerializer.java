package io.massivepipeline.job.context;

import io.massivepipeline.job.structure.VersionedSerializer;
import io.massivepipeline.sources.poll.ContextAnswer;
import io.massivepipeline.sources.poll.PollEvent;
import io.massivepipeline.sources.poll.capture.PollEventSerializer;
import io.massivepipeline.sources.poll.chain.ChainForm;

import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * The bytes of what pollers hand on, on their way between two tasks: chains, which are large, in a
 * form that is read and written quickly; all else, which is small, as in checkpoints.
 */
final class PollEventTypeSerializer extends VersionedSerializer<PollEvent> {

    static final PollEventTypeSerializer INSTANCE = new PollEventTypeSerializer();

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;
    private static final PollEventSerializer SMALL = new PollEventSerializer();

    /** Says nothing but which serializer wrote a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<PollEvent> {

        /** For Flink, which makes it from a checkpoint. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }

    private PollEventTypeSerializer() {
        super(VERSION, "what a poller hands on");
    }

    @Override
    protected void write(PollEvent event, DataOutputView out) throws IOException {
        boolean isChain = event.answer() != null && event.answer().chain() != null;
        out.writeBoolean(isChain);
        if (isChain) {
            ChainForm.write(event.answer().chain(), out);
        } else {
            byte[] bytes = SMALL.serialize(event);
            out.writeInt(SMALL.getVersion());
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    @Override
    protected PollEvent read(DataInputView in) throws IOException {
        if (in.readBoolean()) {
            return PollEvent.of(ContextAnswer.of(ChainForm.read(in)));
        }
        int version = in.readInt();
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return SMALL.deserialize(version, bytes);
    }

    @Override
    public PollEvent copy(PollEvent from) {
        return from;
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TypeSerializerSnapshot<PollEvent> snapshotConfiguration() {
        return new Snapshot();
    }
}

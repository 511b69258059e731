package io.massivepipeline.job.context;

import io.massivepipeline.job.structure.GatheredOutput;
import io.massivepipeline.job.structure.VersionedSerializer;
import io.massivepipeline.sources.poll.chain.ChainContract;
import io.massivepipeline.sources.poll.chain.ChainForm;
import io.massivepipeline.sources.poll.chain.ContractForm;

import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps in checkpoints what the selection knows. Nobody changes such a state, so a copy is the
 * value itself: Flink copies it at every checkpoint, in the thread that has answers to process.
 */
final class SelectionStateSerializer extends VersionedSerializer<SelectionState> {

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    private transient GatheredOutput gathered;

    /** Says which serializer wrote a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<SelectionState> {

        /** For Flink, which makes it from a checkpoint. */
        public Snapshot() {
            super(SelectionStateSerializer::new);
        }

        /** At first Flink wrote the fields by itself; it still reads what it wrote. */
        @Override
        public TypeSerializerSchemaCompatibility<SelectionState> resolveSchemaCompatibility(
                TypeSerializerSnapshot<SelectionState> old) {
            return old instanceof Snapshot
                    ? super.resolveSchemaCompatibility(old)
                    : TypeSerializerSchemaCompatibility.compatibleAfterMigration();
        }
    }

    SelectionStateSerializer() {
        super(VERSION, "a selection");
    }

    @Override
    protected void write(SelectionState state, DataOutputView target) throws IOException {
        gathered = gathered == null ? new GatheredOutput() : gathered;
        gathered.begin(target);
        write(state, gathered);
        gathered.handOn();
    }

    private static void write(SelectionState state, GatheredOutput out) throws IOException {
        out.writeLong(state.at());
        out.writeInt(state.prices().size());
        for (Map.Entry<String, KnownPrice> price : state.prices().entrySet()) {
            out.writeUTF(price.getKey());
            ContextForm.write(price.getValue().spot(), out);
            out.writeLong(price.getValue().seenAt());
        }
        out.writeInt(state.chains().size());
        for (Map.Entry<String, KnownChain> chain : state.chains().entrySet()) {
            out.writeUTF(chain.getKey());
            out.writeLong(chain.getValue().seenAt());
            ChainForm.writeHead(chain.getValue().chain(), out);
            write(chain.getValue().chain().contracts(), out);
        }
        out.writeInt(state.selections().size());
        for (Map.Entry<String, ChainContext> selection : state.selections().entrySet()) {
            out.writeUTF(selection.getKey());
            ContextForm.writeHead(selection.getValue(), out);
            write(selection.getValue().contracts(), out);
        }
        out.writeInt(state.index().size());
        for (Map.Entry<String, Integer> date : state.index().entrySet()) {
            out.writeUTF(date.getKey());
            out.writeInt(date.getValue());
        }
    }

    /** As {@link ChainForm} does it, with a rest now and then. */
    private static void write(List<ChainContract> contracts, GatheredOutput out)
            throws IOException {
        out.writeInt(contracts.size());
        ContractForm form = new ContractForm();
        for (ChainContract contract : contracts) {
            form.write(contract, out);
            out.itemEnds();
        }
    }

    @Override
    protected SelectionState read(DataInputView in) throws IOException {
        long at = in.readLong();
        Map<String, KnownPrice> prices = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            prices.put(in.readUTF(), new KnownPrice(ContextForm.readSpot(in), in.readLong()));
        }
        Map<String, KnownChain> chains = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String underlying = in.readUTF();
            long seenAt = in.readLong();
            chains.put(underlying, new KnownChain(ChainForm.read(in), seenAt));
        }
        Map<String, ChainContext> selections = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            selections.put(in.readUTF(), ContextForm.readChain(in));
        }
        Map<String, Integer> index = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            index.put(in.readUTF(), in.readInt());
        }
        return new SelectionState(at, prices, chains, selections, index);
    }

    @Override
    public SelectionState copy(SelectionState from) {
        return from;
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    /** Each thread gathers in memory of its own. */
    @Override
    public SelectionStateSerializer duplicate() {
        return new SelectionStateSerializer();
    }

    @Override
    public TypeSerializerSnapshot<SelectionState> snapshotConfiguration() {
        return new Snapshot();
    }
}

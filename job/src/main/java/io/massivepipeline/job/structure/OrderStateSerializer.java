package io.massivepipeline.job.structure;

import io.massivepipeline.sources.trade.OptionTrade;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.ArrayList;

/**
 * The bytes of {@link OrderState}. Each value begins with its version, so that a later version can
 * read what this one wrote.
 */
final class OrderStateSerializer extends TypeSerializer<OrderState> {

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    private final TypeSerializer<OptionTrade> trades;

    private transient GatheredOutput gathered;

    OrderStateSerializer(TypeSerializer<OptionTrade> trades) {
        this.trades = trades;
    }

    TypeSerializer<OptionTrade> trades() {
        return trades;
    }

    @Override
    public void serialize(OrderState state, DataOutputView out) throws IOException {
        gathered = gathered == null ? new GatheredOutput() : gathered;
        gathered.begin(out);
        gathered.writeByte(VERSION);
        gathered.writeInt(state.pending.size());
        for (IdentifiedTrade trade : state.pending.all()) {
            gathered.writeLong(trade.entrySequence());
            trades.serialize(trade.trade(), gathered);
            gathered.itemEnds();
        }
        state.ids.write(gathered);
        gathered.writeInt(state.duplicates);
        gathered.writeLong(state.releaseTimer);
        gathered.writeLong(state.forgetTimer);
        gathered.writeBoolean(state.released);
        gathered.handOn();
    }

    @Override
    public OrderState deserialize(DataInputView in) throws IOException {
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException("Unknown version " + version + " of the ordering state.");
        }
        int size = in.readInt();
        ArrayList<IdentifiedTrade> pending = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            long sequence = in.readLong();
            pending.add(new IdentifiedTrade(trades.deserialize(in), sequence));
        }
        OrderState state = new OrderState(new PendingTrades(pending), IdMemory.read(in));
        state.duplicates = in.readInt();
        state.releaseTimer = in.readLong();
        state.forgetTimer = in.readLong();
        state.released = in.readBoolean();
        return state;
    }

    @Override
    public OrderState deserialize(OrderState reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
        serialize(deserialize(in), out);
    }

    @Override
    public OrderState copy(OrderState from) {
        return from.copy();
    }

    @Override
    public OrderState copy(OrderState from, OrderState reuse) {
        return from.copy();
    }

    @Override
    public OrderState createInstance() {
        return new OrderState();
    }

    @Override
    public TypeSerializer<OrderState> duplicate() {
        return new OrderStateSerializer(trades.duplicate());
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
    public TypeSerializerSnapshot<OrderState> snapshotConfiguration() {
        return new OrderStateSerializerSnapshot(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OrderStateSerializer that && trades.equals(that.trades);
    }

    @Override
    public int hashCode() {
        return trades.hashCode();
    }
}

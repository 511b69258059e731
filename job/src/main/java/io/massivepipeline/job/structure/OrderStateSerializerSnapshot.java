package io.massivepipeline.job.structure;

import io.massivepipeline.sources.trade.OptionTrade;

import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Ties the ordering state's bytes to those of the trades inside. */
public final class OrderStateSerializerSnapshot
        extends CompositeTypeSerializerSnapshot<OrderState, OrderStateSerializer> {

    private static final int VERSION = 1;

    /** For Flink, which makes it from a checkpoint. */
    public OrderStateSerializerSnapshot() {}

    OrderStateSerializerSnapshot(OrderStateSerializer serializer) {
        super(serializer);
    }

    @Override
    protected int getCurrentOuterSnapshotVersion() {
        return VERSION;
    }

    @Override
    protected TypeSerializer<?>[] getNestedSerializers(OrderStateSerializer outer) {
        return new TypeSerializer<?>[] {outer.trades()};
    }

    @Override
    @SuppressWarnings("unchecked")
    protected OrderStateSerializer createOuterSerializerWithNestedSerializers(
            TypeSerializer<?>[] nested) {
        return new OrderStateSerializer((TypeSerializer<OptionTrade>) nested[0]);
    }
}

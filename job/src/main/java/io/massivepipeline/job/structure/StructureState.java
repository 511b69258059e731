package io.massivepipeline.job.structure;

import io.massivepipeline.sources.trade.OptionTrade;

import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The named state of this package's operators, in one place. */
final class StructureState {

    private StructureState() {}

    /** Keyed by stream: what waits, and the ids given out. */
    static ValueStateDescriptor<OrderState> order() {
        return new ValueStateDescriptor<>(
                "order",
                new OrderStateSerializer(
                        TypeInformation.of(OptionTrade.class)
                                .createSerializer(new SerializerConfigImpl())));
    }

    /** Of the one parser: its clock and its counters. */
    static ListStateDescriptor<ParseState> parse() {
        return new ListStateDescriptor<>("parse", TypeInformation.of(ParseState.class));
    }
}

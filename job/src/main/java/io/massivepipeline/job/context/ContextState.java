package io.massivepipeline.job.context;

import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

import java.util.List;

/** The named state of context, in one place: that of the selection, and what is broadcast. */
public final class ContextState {

    private ContextState() {}

    /** Of the one selection: what it knows. */
    static ListStateDescriptor<SelectionState> selection() {
        return new ListStateDescriptor<>("selection", TypeInformation.of(SelectionState.class));
    }

    /** Broadcast, by symbol: prices by time, see {@link ContextVersions}. */
    public static MapStateDescriptor<String, List<Spot>> spots() {
        return new MapStateDescriptor<>(
                "spots", Types.STRING, Types.LIST(TypeInformation.of(Spot.class)));
    }

    /** Broadcast, by underlying and expiry: selections by time, see {@link ContextVersions}. */
    public static MapStateDescriptor<String, List<ChainContext>> chains() {
        return new MapStateDescriptor<>(
                "chains", Types.STRING, Types.LIST(TypeInformation.of(ChainContext.class)));
    }
}

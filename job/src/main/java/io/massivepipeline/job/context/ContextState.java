package io.massivepipeline.job.context;

import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The named state of this package's operators, in one place. */
final class ContextState {

    private ContextState() {}

    /** Of the one selection: what it knows. */
    static ListStateDescriptor<SelectionState> selection(RuntimeContext runtime) {
        return new ListStateDescriptor<>(
                "selection",
                new SharingSerializer<>(
                        runtime.createSerializer(TypeInformation.of(SelectionState.class))));
    }
}

package io.massivepipeline.job.context;

import org.apache.flink.api.common.state.ListStateDescriptor;

/** The named state of this package's operators, in one place. */
final class ContextState {

    private ContextState() {}

    /** Of the one selection: what it knows. */
    static ListStateDescriptor<SelectionState> selection() {
        return new ListStateDescriptor<>("selection", new SelectionStateSerializer());
    }
}

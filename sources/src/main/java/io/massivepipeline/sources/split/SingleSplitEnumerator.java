package io.massivepipeline.sources.split;

import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

import java.util.List;
import java.util.Optional;

/**
 * Gives the one split to the first reader that comes; the others end at once. Its state is the
 * split as long as no reader has it.
 */
public final class SingleSplitEnumerator<S extends SourceSplit>
        implements SplitEnumerator<S, Optional<S>> {

    private final SplitEnumeratorContext<S> context;
    private Optional<S> unassigned;

    public SingleSplitEnumerator(SplitEnumeratorContext<S> context, Optional<S> unassigned) {
        this.context = context;
        this.unassigned = unassigned;
    }

    @Override
    public void start() {
        // Readers announce themselves.
    }

    @Override
    public void addReader(int subtask) {
        unassigned.ifPresent(split -> context.assignSplit(split, subtask));
        unassigned = Optional.empty();
        context.signalNoMoreSplits(subtask);
    }

    @Override
    public void handleSplitRequest(int subtask, String host) {
        // Whatever there is was given away when the reader came.
    }

    /** A reader failed before a checkpoint knew its split; it is given to the next that comes. */
    @Override
    public void addSplitsBack(List<S> splits, int subtask) {
        unassigned = splits.stream().findFirst().or(() -> unassigned);
    }

    @Override
    public Optional<S> snapshotState(long checkpointId) {
        return unassigned;
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}

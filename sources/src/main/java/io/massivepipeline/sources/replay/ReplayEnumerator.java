package io.massivepipeline.sources.replay;

import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

import java.util.List;
import java.util.Optional;

/** Gives the one split to the first reader that comes; the others end at once. */
final class ReplayEnumerator implements SplitEnumerator<ReplaySplit, ReplayEnumeratorState> {

    private final SplitEnumeratorContext<ReplaySplit> context;
    private Optional<ReplaySplit> unassigned;

    ReplayEnumerator(SplitEnumeratorContext<ReplaySplit> context, ReplayEnumeratorState state) {
        this.context = context;
        this.unassigned = state.unassigned();
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
    public void addSplitsBack(List<ReplaySplit> splits, int subtask) {
        unassigned = splits.stream().findFirst().or(() -> unassigned);
    }

    @Override
    public ReplayEnumeratorState snapshotState(long checkpointId) {
        return new ReplayEnumeratorState(unassigned);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}

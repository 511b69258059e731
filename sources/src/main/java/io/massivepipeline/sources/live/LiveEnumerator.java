package io.massivepipeline.sources.live;

import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

import java.util.List;
import java.util.Optional;

/**
 * Gives the one split to the first reader that comes, so that there is one connection; the others
 * end at once.
 */
final class LiveEnumerator implements SplitEnumerator<LiveSplit, LiveEnumeratorState> {

    private final SplitEnumeratorContext<LiveSplit> context;
    private Optional<LiveSplit> unassigned;

    LiveEnumerator(SplitEnumeratorContext<LiveSplit> context, LiveEnumeratorState state) {
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

    /** A reader failed before a checkpoint knew its split: the next that comes continues it. */
    @Override
    public void addSplitsBack(List<LiveSplit> splits, int subtask) {
        unassigned = splits.stream().findFirst().or(() -> unassigned);
    }

    @Override
    public LiveEnumeratorState snapshotState(long checkpointId) {
        return new LiveEnumeratorState(unassigned);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}

package io.massivepipeline.sources.live;

import io.massivepipeline.sources.feed.FeedEvent;
import io.massivepipeline.sources.feed.FeedGap;
import io.massivepipeline.sources.feed.FeedStatus;
import io.massivepipeline.sources.live.journal.JournalEntry;

import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Hands the feed on, and tells the journal what completed checkpoints cover. */
final class LiveSourceReader
        extends SingleThreadMultiplexSourceReaderBase<
                JournalEntry, FeedEvent, LiveSplit, LiveSplitState> {

    private final Progress progress;

    /** The position in each checkpoint that is not completed yet. */
    private final TreeMap<Long, Long> positions = new TreeMap<>();

    LiveSourceReader(
            Supplier<LiveSplitReader> splitReader, Progress progress, SourceReaderContext context) {
        super(
                splitReader::get,
                (entry, output, state) -> emit(entry, output, state, progress),
                context.getConfiguration(),
                context);
        this.progress = progress;
    }

    private static void emit(
            JournalEntry entry,
            SourceOutput<FeedEvent> output,
            LiveSplitState state,
            Progress progress) {
        output.collect(entry.event());
        state.handedOn(entry);
        if (!(entry.event() instanceof FeedStatus)) {
            progress.emitted(entry.position() + 1);
        }
        if (entry.event() instanceof FeedGap gap) {
            progress.gap(gap.to() - gap.from());
        }
    }

    @Override
    public List<LiveSplit> snapshotState(long checkpointId) {
        List<LiveSplit> splits = super.snapshotState(checkpointId);
        splits.forEach(split -> positions.put(checkpointId, split.position()));
        return splits;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        Map.Entry<Long, Long> completed = positions.floorEntry(checkpointId);
        if (completed != null) {
            progress.covered(completed.getValue());
            positions.headMap(checkpointId, true).clear();
        }
    }

    @Override
    protected void onSplitFinished(Map<String, LiveSplitState> finished) {
        throw new IllegalStateException("A live feed does not end");
    }

    @Override
    protected LiveSplitState initializedState(LiveSplit split) {
        return new LiveSplitState(split);
    }

    @Override
    protected LiveSplit toSplitType(String id, LiveSplitState state) {
        return state.split();
    }
}

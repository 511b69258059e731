package io.massivepipeline.sources.replay;

import io.massivepipeline.sources.feed.ContextLine;
import io.massivepipeline.sources.feed.FeedEvent;
import io.massivepipeline.sources.feed.RawFrame;

import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;

import java.util.Map;
import java.util.function.Supplier;

/** Hands the events on and remembers the last of them. */
final class ReplaySourceReader
        extends SingleThreadMultiplexSourceReaderBase<
                ReplayRecord, FeedEvent, ReplaySplit, ReplaySplitState> {

    ReplaySourceReader(
            Supplier<ReplaySplitReader> splitReader,
            ReplayProgress progress,
            SourceReaderContext context) {
        super(
                splitReader::get,
                (record, output, state) -> emit(record, output, state, progress),
                context.getConfiguration(),
                context);
    }

    private static void emit(
            ReplayRecord record,
            SourceOutput<FeedEvent> output,
            ReplaySplitState state,
            ReplayProgress progress) {
        output.collect(record.event());
        state.handedOn(record);
        if (record.event() instanceof RawFrame) {
            progress.frame();
        } else if (record.event() instanceof ContextLine) {
            progress.context();
        } else {
            progress.tick();
        }
    }

    @Override
    protected void onSplitFinished(Map<String, ReplaySplitState> finished) {
        // There is one split; the enumerator has said so already.
    }

    @Override
    protected ReplaySplitState initializedState(ReplaySplit split) {
        return new ReplaySplitState(split);
    }

    @Override
    protected ReplaySplit toSplitType(String id, ReplaySplitState state) {
        return state.split();
    }
}

package io.massivepipeline.sources.replay;

import io.massivepipeline.sources.feed.ContextLine;
import io.massivepipeline.sources.feed.FeedEvent;
import io.massivepipeline.sources.feed.RawFrame;

import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the segments of a feed, in the fetcher's thread, and waits there until events are due. */
final class ReplaySplitReader implements SplitReader<ReplayRecord, ReplaySplit> {

    /** Batches are small: two of them wait in memory, beside the one that is made. */
    private static final int MAX_EVENTS = 500;

    private static final int MAX_BYTES = 1 << 20;

    private final FeedFormat format;
    private final Pacer pacer;
    private final ReplayProgress progress;
    private final WakeableWait untilDue = new WakeableWait();

    private FeedSegments segments;
    private FeedWithContext feed;
    private ReplayRecord pending;

    ReplaySplitReader(FeedFormat format, Pacer pacer, ReplayProgress progress) {
        this.format = format;
        this.pacer = pacer;
        this.progress = progress;
    }

    @Override
    public void handleSplitsChanges(SplitsChange<ReplaySplit> change) {
        ReplaySplit split = change.splits().get(0);
        segments = new FeedSegments(format, split, progress);
        feed = new FeedWithContext(split, segments);
    }

    @Override
    public RecordsWithSplitIds<ReplayRecord> fetch() throws IOException {
        List<ReplayRecord> batch = new ArrayList<>();
        long bytes = 0;
        while (batch.size() < MAX_EVENTS && bytes < MAX_BYTES) {
            ReplayRecord next = pending != null ? pending : feed.next();
            pending = null;
            if (next == null) {
                progress.read(segments.bytesRead());
                return batch(batch, Set.of(ReplaySplit.ID));
            }
            long nanos = pacer.nanosUntil(next.event());
            if (nanos > 0 && (!batch.isEmpty() || !untilDue.await(nanos))) {
                pending = next;
                break;
            }
            batch.add(next);
            bytes += size(next.event());
        }
        progress.read(segments.bytesRead());
        return batch(batch, Set.of());
    }

    private static RecordsWithSplitIds<ReplayRecord> batch(
            List<ReplayRecord> records, Set<String> finished) {
        return new RecordsBySplits<>(
                records.isEmpty() ? Map.of() : Map.of(ReplaySplit.ID, records), finished);
    }

    private static int size(FeedEvent event) {
        if (event instanceof RawFrame frame) {
            return frame.payload().length;
        }
        return event instanceof ContextLine line ? line.payload().length : 0;
    }

    @Override
    public void wakeUp() {
        untilDue.wakeUp();
    }

    @Override
    public void close() throws IOException {
        if (feed != null) {
            feed.close();
        }
    }
}

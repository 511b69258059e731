package io.massivepipeline.sources.replay;

import io.massivepipeline.sources.feed.FeedEvent;
import io.massivepipeline.sources.feed.RawFrame;

import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private ReplaySplit split;
    private SegmentReader reader;
    private int segment;
    private long position;
    private long bytesBefore;
    private ReplayRecord pending;

    ReplaySplitReader(FeedFormat format, Pacer pacer, ReplayProgress progress) {
        this.format = format;
        this.pacer = pacer;
        this.progress = progress;
    }

    @Override
    public void handleSplitsChanges(SplitsChange<ReplaySplit> change) {
        split = change.splits().get(0);
        segment = split.segment();
        position = split.position();
    }

    @Override
    public RecordsWithSplitIds<ReplayRecord> fetch() throws IOException {
        List<ReplayRecord> batch = new ArrayList<>();
        long bytes = 0;
        while (batch.size() < MAX_EVENTS && bytes < MAX_BYTES) {
            ReplayRecord next = pending != null ? pending : read();
            pending = null;
            if (next == null) {
                progress.read(bytesBefore);
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
        progress.read(bytesBefore + (reader == null ? 0 : reader.fileBytesRead()));
        return batch(batch, Set.of());
    }

    private static RecordsWithSplitIds<ReplayRecord> batch(
            List<ReplayRecord> records, Set<String> finished) {
        return new RecordsBySplits<>(
                records.isEmpty() ? Map.of() : Map.of(ReplaySplit.ID, records), finished);
    }

    /** The next event of the feed, from the next segment if this one is at its end. */
    private ReplayRecord read() throws IOException {
        while (segment < split.segments().size()) {
            if (reader == null) {
                reader = open();
            }
            FeedEvent event = reader.next();
            if (event != null) {
                return new ReplayRecord(event, position++, segment, reader.offset());
            }
            reader.close();
            reader = null;
            bytesBefore += Files.size(path(segment));
            segment++;
        }
        return null;
    }

    private SegmentReader open() throws IOException {
        boolean first = segment == split.segment();
        if (first) {
            bytesBefore = sizeOf(0, segment);
            progress.total(sizeOf(0, split.segments().size()));
        }
        return format.open(path(segment), first ? split.offset() : 0, position);
    }

    private long sizeOf(int from, int to) throws IOException {
        long bytes = 0;
        for (int i = from; i < to; i++) {
            bytes += Files.size(path(i));
        }
        return bytes;
    }

    private Path path(int index) {
        return Path.of(split.segments().get(index));
    }

    private static int size(FeedEvent event) {
        return event instanceof RawFrame frame ? frame.payload().length : 0;
    }

    @Override
    public void wakeUp() {
        untilDue.wakeUp();
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
    }
}

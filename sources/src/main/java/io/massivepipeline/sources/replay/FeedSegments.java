package io.massivepipeline.sources.replay;

import io.massivepipeline.sources.feed.FeedEvent;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The events of a feed, one segment after the other. */
final class FeedSegments implements Closeable {

    private final FeedFormat format;
    private final ReplaySplit split;
    private final ReplayProgress progress;
    private SegmentReader reader;
    private int segment;
    private long position;
    private long bytesBefore;

    /**
     * @param split from where on they are read
     */
    FeedSegments(FeedFormat format, ReplaySplit split, ReplayProgress progress) {
        this.format = format;
        this.split = split;
        this.progress = progress;
        this.segment = split.segment();
        this.position = split.position();
    }

    /** The next event of the feed, from the next segment if this one is at its end. */
    ReplayRecord next() throws IOException {
        while (segment < split.segments().size()) {
            if (reader == null) {
                reader = open();
            }
            FeedEvent event = reader.next();
            if (event != null) {
                return new ReplayRecord(
                        event, position++, segment, reader.offset(), split.contextOffset());
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

    /** How much was read, in bytes of the files. */
    long bytesRead() {
        return bytesBefore + (reader == null ? 0 : reader.fileBytesRead());
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
    }
}

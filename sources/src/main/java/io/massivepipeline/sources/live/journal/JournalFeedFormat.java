package io.massivepipeline.sources.live.journal;

import io.massivepipeline.sources.feed.FeedEvent;
import io.massivepipeline.sources.feed.FeedGap;
import io.massivepipeline.sources.replay.FeedException;
import io.massivepipeline.sources.replay.FeedFormat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder of a journal as a feed to replay: its frames and ticks. Gaps are left out, for they
 * happened to the run that wrote it.
 */
public final class JournalFeedFormat implements FeedFormat {

    private static final long serialVersionUID = 1L;

    /** Whether a path is the folder of a journal with something in it. */
    public static boolean isJournal(Path path) {
        try {
            return Files.isDirectory(path) && !JournalFolder.segments(path).isEmpty();
        } catch (IOException e) {
            throw new FeedException("The folder " + path + " cannot be read: " + e, e);
        }
    }

    @Override
    public List<Path> segments(Path feed) {
        if (!isJournal(feed)) {
            throw new FeedException("The folder " + feed + " has no segments of a journal");
        }
        try {
            return JournalFolder.segments(feed);
        } catch (IOException e) {
            throw new FeedException("The folder " + feed + " cannot be read: " + e, e);
        }
    }

    @Override
    public io.massivepipeline.sources.replay.SegmentReader open(
            Path segment, long offset, long position) throws IOException {
        return new Replay(segment, offset, position);
    }

    private static final class Replay implements io.massivepipeline.sources.replay.SegmentReader {

        private final SegmentReader reader;

        Replay(Path segment, long offset, long position) throws IOException {
            reader = SegmentReader.complete(segment);
            if (offset > 0) {
                reader.seek(offset);
            }
        }

        @Override
        public FeedEvent next() throws IOException {
            JournalEntry entry = reader.next();
            while (entry != null && entry.event() instanceof FeedGap) {
                entry = reader.next();
            }
            return entry == null ? null : entry.event();
        }

        @Override
        public long offset() {
            return reader.offset();
        }

        @Override
        public long fileBytesRead() {
            return reader.offset();
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}

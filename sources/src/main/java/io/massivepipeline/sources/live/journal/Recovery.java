package io.massivepipeline.sources.live.journal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What an earlier run left in a folder: its segments, the last of them without a record that is cut
 * off, and how far the feed was heard.
 */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final List<Segment> segments = new ArrayList<>();
    private long heardUntil;
    private int attempts;

    /** Reads all headers, and the last segment that holds anything to its end. */
    static Recovery of(JournalFolder folder) throws IOException {
        Recovery recovery = new Recovery();
        List<Path> paths = JournalFolder.segments(folder.path());
        long nextFirst = -1;
        for (int i = paths.size() - 1; i >= 0; i--) {
            Segment segment = recovery.read(paths.get(i), nextFirst);
            if (segment != null) {
                recovery.segments.add(0, segment);
                nextFirst = segment.firstPosition();
            }
        }
        return recovery;
    }

    /** The segment of a file, or null if it holds nothing. */
    private Segment read(Path path, long nextFirst) throws IOException {
        try (SegmentReader reader = SegmentReader.complete(path)) {
            attempts = Math.max(attempts, reader.header().attempt());
            if (nextFirst >= 0) {
                return new Segment(path, reader.header(), nextFirst, Files.size(path));
            }
            return last(path, reader);
        } catch (IOException e) {
            Path aside = path.resolveSibling(path.getFileName() + ".unreadable");
            LOG.warn("{} is put aside as {}: {}", path, aside.getFileName(), e.getMessage());
            Files.move(path, aside);
            return null;
        }
    }

    private Segment last(Path path, SegmentReader reader) throws IOException {
        heardUntil = reader.header().heardUntil();
        long end = reader.header().firstPosition();
        for (JournalEntry entry = reader.next(); entry != null; entry = reader.next()) {
            end = entry.position() + 1;
            heardUntil = entry.heard() ? entry.time() : heardUntil;
        }
        if (end == reader.header().firstPosition()) {
            Files.delete(path);
            return null;
        }
        long torn = Files.size(path) - reader.goodEnd();
        if (torn > 0) {
            LOG.warn("{}: the last record is cut off, {} bytes removed", path, torn);
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.truncate(reader.goodEnd());
            }
        }
        return new Segment(path, reader.header(), end, reader.goodEnd());
    }

    List<Segment> segments() {
        return segments;
    }

    /** When the feed was last heard, Unix milliseconds; 0 if that is not known. */
    long heardUntil() {
        return heardUntil;
    }

    /** The largest attempt of any segment; 0 if there is none. */
    int attempts() {
        return attempts;
    }

    /** The position after the last record; 0 if there is none. */
    long endPosition() {
        return segments.isEmpty() ? 0 : segments.get(segments.size() - 1).endPosition();
    }
}

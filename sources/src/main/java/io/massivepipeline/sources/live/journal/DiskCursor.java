package io.massivepipeline.sources.live.journal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.Closeable;
import java.io.IOException;

/** Reads the segments of a journal one after the other, also the one that is being written. */
final class DiskCursor implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(DiskCursor.class);

    private final Journal journal;
    private Segment segment;
    private SegmentReader reader;
    private boolean damaged;

    DiskCursor(Journal journal) {
        this.journal = journal;
    }

    /** The first entry on disk at a position or after it; null if the disk has none. */
    JournalEntry next(long position) {
        if (segment == null) {
            segment = journal.segmentAt(position);
        }
        while (segment != null) {
            JournalEntry entry = read();
            if (entry != null && entry.position() >= position) {
                return entry;
            }
            if (entry == null && !moveOn()) {
                return null;
            }
        }
        return null;
    }

    /** Whether something damaged stood before the last entry. */
    boolean isDamaged() {
        return damaged;
    }

    private JournalEntry read() {
        try {
            if (reader == null) {
                reader = new SegmentReader(segment.path(), segment::size);
            }
            int before = reader.damages();
            JournalEntry entry = reader.next();
            damaged = reader.damages() > before;
            if (damaged) {
                LOG.error("{} is damaged before position {}", segment.path(), entry.position());
            }
            return entry;
        } catch (IOException e) {
            LOG.error("{} cannot be read: {}", segment.path(), e.toString());
            return null;
        }
    }

    /** To the following segment; stays if there is none, for this one may still grow. */
    private boolean moveOn() {
        Segment following = journal.segmentAfter(segment.firstPosition());
        if (following == null) {
            return false;
        }
        close();
        segment = following;
        return true;
    }

    /** Forgets where it stood. */
    @Override
    public void close() {
        if (reader != null) {
            try {
                reader.close();
            } catch (IOException e) {
                LOG.warn("{} was not closed well", segment.path(), e);
            }
        }
        reader = null;
        segment = null;
        damaged = false;
    }
}

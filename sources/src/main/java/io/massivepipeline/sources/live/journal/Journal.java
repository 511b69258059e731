package io.massivepipeline.sources.live.journal;

import io.massivepipeline.sources.feed.FeedGap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What the socket delivered, on disk. One thread appends and {@link #commit() commits}; one {@link
 * JournalReader} reads, from memory while it keeps up and from disk while it does not; any thread
 * may say what is {@link #cover covered}.
 *
 * <p>A disk that cannot be written stops nothing: entries then go through memory alone, bounded,
 * and the disk is tried again with each {@link #maintain}.
 */
public final class Journal implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final JournalFolder folder;
    private final JournalSettings settings;
    private final int attempt;
    private final Tail tail;
    private final ConcurrentNavigableMap<Long, Segment> segments = new ConcurrentSkipListMap<>();
    private final List<JournalEntry> uncommitted = new ArrayList<>();
    private final long firstUncovered;

    private SegmentWriter writer;
    private long nextPosition;
    private long notedCovered;
    private long committedHeardUntil;
    private volatile long heardUntil;
    private volatile long covered;
    private volatile long givenUpBefore;
    private volatile long givenUp;
    private volatile long failures;
    private volatile boolean writable = true;
    private boolean retry;

    private Journal(
            JournalFolder folder, JournalSettings settings, Recovery recovery, long position)
            throws IOException {
        this.folder = folder;
        this.settings = settings;
        this.attempt = recovery.attempts() + 1;
        recovery.segments().forEach(segment -> segments.put(segment.firstPosition(), segment));
        long noted = folder.covered();
        long first = segments.isEmpty() ? noted : segments.firstKey();
        this.firstUncovered = Math.max(noted, first);
        // A job that resumes from an older state needs what a newer one had covered.
        this.covered = position >= 0 ? position : noted;
        this.notedCovered = covered;
        this.nextPosition = Math.max(Math.max(recovery.endPosition(), position), noted);
        this.heardUntil = recovery.endPosition() >= position ? recovery.heardUntil() : 0;
        this.committedHeardUntil = heardUntil;
        this.tail = new Tail(settings.memoryBytes(), nextPosition);
    }

    /**
     * Opens the journal of a folder, which must not be in use.
     *
     * @param position the position in the checkpoint from which the job resumes, or a negative one
     *     if it begins without one; new entries never come before it
     * @throws JournalLockedException if it is in use, still after a while
     */
    public static Journal open(JournalSettings settings, long position) throws IOException {
        JournalFolder folder =
                JournalFolder.lock(Path.of(settings.folder()), settings.lockPatience());
        try {
            return new Journal(folder, settings, Recovery.of(folder), position);
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /**
     * Whether a folder can be used, before anything is started for it.
     *
     * @throws JournalLockedException if another job has it
     * @throws IOException if it cannot be made or written
     */
    public static void requireFree(Path folder) throws IOException {
        JournalFolder.lock(folder, Duration.ZERO).close();
    }

    /** The first position that no completed checkpoint covers, as the folder tells it. */
    public long firstUncovered() {
        return firstUncovered;
    }

    /** When the feed was last heard, Unix milliseconds; 0 if the journal does not tell. */
    public long heardUntil() {
        return heardUntil;
    }

    /** Appends a frame. */
    public void frame(byte[] payload, long receivedAt) {
        append(JournalEntry.frame(payload, receivedAt, nextPosition));
    }

    /** Appends a tick; {@code heard} tells whether there was a feed to be silent. */
    public void tick(long at, boolean heard) {
        append(JournalEntry.tick(at, heard, nextPosition));
    }

    /** Appends a gap in which nothing was received. */
    public void gap(long from, long to, String reason) {
        append(JournalEntry.gap(new FeedGap(from, to, reason, FeedGap.UNKNOWN, nextPosition)));
    }

    private void append(JournalEntry entry) {
        uncommitted.add(entry);
        nextPosition++;
        if (entry.heard()) {
            heardUntil = entry.time();
        }
    }

    /** Writes what was appended, and only then hands it on. */
    public void commit() {
        if (uncommitted.isEmpty()) {
            return;
        }
        if (writable || retry) {
            try {
                write();
                written();
            } catch (IOException e) {
                failed(e);
            }
        }
        tail.add(uncommitted);
        uncommitted.clear();
        committedHeardUntil = heardUntil;
    }

    private void write() throws IOException {
        if (writer != null && writer.segment().size() >= settings.segmentBytes()) {
            SegmentWriter full = writer;
            writer = null;
            full.close();
            giveUpOldest();
        }
        if (writer == null) {
            long first = uncommitted.get(0).position();
            SegmentHeader header = new SegmentHeader(first, attempt, committedHeardUntil);
            writer = SegmentWriter.create(folder.path(), header);
            segments.put(first, writer.segment());
        }
        writer.write(uncommitted);
    }

    private void written() {
        if (!writable) {
            writable = true;
            LOG.info("The journal {} can be written again", folder.path());
        }
        retry = false;
    }

    private void failed(IOException e) {
        failures++;
        retry = false;
        closeWriter();
        if (writable) {
            writable = false;
            LOG.error(
                    "The journal {} cannot be written, the feed goes on from memory: {}",
                    folder.path(),
                    e.toString());
        }
    }

    private void closeWriter() {
        if (writer == null) {
            return;
        }
        try {
            writer.close();
        } catch (IOException e) {
            LOG.warn("{} was not closed well", writer.segment().path(), e);
        }
        writer = null;
    }

    /** Everything before a position is covered by a completed checkpoint. */
    public void cover(long position) {
        covered = Math.max(covered, position);
    }

    /** Removes what is covered, and tries the disk again. To be called about once a second. */
    public void maintain() {
        retry = true;
        try {
            if (covered > notedCovered) {
                folder.covered(covered);
                notedCovered = covered;
            }
            for (Segment segment : List.copyOf(segments.values())) {
                if (segment.endPosition() <= notedCovered && !isActive(segment)) {
                    remove(segment);
                }
            }
        } catch (IOException e) {
            failures++;
            LOG.warn("The journal {} cannot be tidied: {}", folder.path(), e.toString());
        }
    }

    private void giveUpOldest() throws IOException {
        while (bytes() > settings.maxBytes() - settings.segmentBytes() && segments.size() > 1) {
            Segment oldest = segments.firstEntry().getValue();
            long lost = oldest.endPosition() - Math.max(oldest.firstPosition(), covered);
            if (lost > 0) {
                givenUp += lost;
                LOG.error(
                        "The journal {} is full: {} frames that no checkpoint covers are given up",
                        folder.path(),
                        lost);
            }
            givenUpBefore = oldest.endPosition();
            remove(oldest);
        }
    }

    private void remove(Segment segment) throws IOException {
        segments.remove(segment.firstPosition());
        Files.deleteIfExists(segment.path());
    }

    private boolean isActive(Segment segment) {
        return writer != null && writer.segment() == segment;
    }

    /** A reader from a position on; there may be one at a time. */
    public JournalReader reader(long position, long lastTime) {
        return new JournalReader(this, tail, position, lastTime);
    }

    /** The segment where a position lies, or the first after it; null if there is none. */
    Segment segmentAt(long position) {
        Map.Entry<Long, Segment> at = segments.floorEntry(position);
        if (at != null && at.getValue().endPosition() > position) {
            return at.getValue();
        }
        return segmentAfter(position);
    }

    /** The first segment that begins after a position; null if there is none. */
    Segment segmentAfter(long position) {
        Map.Entry<Long, Segment> after = segments.higherEntry(position);
        return after == null ? null : after.getValue();
    }

    /** Why entries from a position on are not there. */
    String whyLost(long position) {
        if (position < givenUpBefore) {
            return "journal.max-size reached";
        }
        return failures > 0 ? "journal not writable" : "journal lost";
    }

    private long bytes() {
        return segments.values().stream().mapToLong(Segment::size).sum();
    }

    /** The position after the last entry that may be read. */
    public long endPosition() {
        return tail.endPosition();
    }

    /** How it fares. */
    public JournalStats stats() {
        long frames =
                segments.values().stream()
                        .mapToLong(s -> s.endPosition() - s.firstPosition())
                        .sum();
        return new JournalStats(frames, bytes(), givenUp, failures, writable);
    }

    @Override
    public void close() throws IOException {
        commit();
        maintain();
        closeWriter();
        folder.close();
    }
}

package io.massivepipeline.sources.live.journal;

import io.massivepipeline.sources.feed.FeedGap;

import java.io.Closeable;
import java.util.List;

/**
 * Reads a journal in order from a position, from memory or from disk. Where entries are missing it
 * puts a {@link FeedGap} with their number. One thread reads, any may wake it.
 */
public final class JournalReader implements Closeable {

    private static final int MAX_ENTRIES = 2_000;
    private static final long MAX_WEIGHT = 1 << 20;

    private final Journal journal;
    private final Tail tail;
    private final DiskCursor disk;

    private volatile long position;
    private long lastTime;

    JournalReader(Journal journal, Tail tail, long position, long lastTime) {
        this.journal = journal;
        this.tail = tail;
        this.disk = new DiskCursor(journal);
        this.position = position;
        this.lastTime = lastTime;
    }

    /** The next entries, as many as are there and fit; none if there is nothing new. */
    public List<JournalEntry> poll() {
        Batch batch = new Batch(MAX_ENTRIES, MAX_WEIGHT);
        while (!batch.isFull()) {
            Tail.Reach reach = fromMemory(position, batch);
            if (reach == Tail.Reach.SERVED) {
                disk.close();
            }
            if (reach != Tail.Reach.BEHIND) {
                break;
            }
            JournalEntry entry = disk.next(position);
            if (entry != null) {
                add(entry, batch);
            } else if (fromMemory(tail.firstPosition(), batch) != Tail.Reach.SERVED) {
                break;
            }
        }
        return batch.entries();
    }

    private Tail.Reach fromMemory(long from, Batch batch) {
        Batch taken = new Batch(MAX_ENTRIES, MAX_WEIGHT);
        Tail.Reach reach = tail.take(from, taken);
        taken.entries().forEach(entry -> add(entry, batch));
        return reach;
    }

    private void add(JournalEntry entry, Batch batch) {
        if (entry.position() > position) {
            batch.add(missing(entry));
        }
        batch.add(entry);
        position = entry.position() + 1;
        lastTime = entry.time();
    }

    /** The gap before an entry; resuming after it means resuming with the entry. */
    private JournalEntry missing(JournalEntry next) {
        long from = lastTime > 0 ? Math.min(lastTime, next.time()) : next.time();
        long lost = next.position() - position;
        String reason = disk.isDamaged() ? "journal damaged" : journal.whyLost(position);
        FeedGap gap = new FeedGap(from, next.time(), reason, lost, next.position());
        return new JournalEntry(gap, next.position() - 1, next.time(), false);
    }

    /** Waits until there is something to read, the time is up, or {@link #wakeUp} is called. */
    public void await(long timeoutMs) throws InterruptedException {
        tail.await(position, timeoutMs);
    }

    /** Ends a wait, also the next one if there is none now. */
    public void wakeUp() {
        tail.wakeUp();
    }

    /** Frames and ticks that were received and not read yet. */
    public long lag() {
        return Math.max(0, tail.endPosition() - position);
    }

    @Override
    public void close() {
        disk.close();
    }
}

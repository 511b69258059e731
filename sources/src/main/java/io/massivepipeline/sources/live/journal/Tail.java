package io.massivepipeline.sources.live.journal;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The newest entries in memory: a reader that keeps up never touches the disk. One writer, one
 * reader. Bounded: what a slow reader leaves is dropped, oldest first, and is then on disk only.
 */
final class Tail {

    /** Where the reader's position lies. */
    enum Reach {
        /** Entries were taken. */
        SERVED,
        /** There is nothing newer. */
        CAUGHT_UP,
        /** There is something newer, and it is not here any more. */
        BEHIND
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<JournalEntry> entries = new ArrayDeque<>();
    private final long maxWeight;
    private long weight;
    private long endPosition;
    private boolean woken;

    Tail(long maxWeight, long endPosition) {
        this.maxWeight = maxWeight;
        this.endPosition = endPosition;
    }

    void add(List<JournalEntry> added) {
        lock.lock();
        try {
            for (JournalEntry entry : added) {
                entries.add(entry);
                weight += entry.weight();
                endPosition = entry.position() + 1;
                while (weight > maxWeight && entries.size() > 1) {
                    weight -= entries.poll().weight();
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes entries from a position on; those before it are forgotten. */
    Reach take(long position, Batch batch) {
        lock.lock();
        try {
            if (position >= endPosition) {
                return Reach.CAUGHT_UP;
            }
            JournalEntry head = entries.peek();
            while (head != null && head.position() < position) {
                weight -= entries.poll().weight();
                head = entries.peek();
            }
            if (head == null || head.position() > position) {
                return Reach.BEHIND;
            }
            while (!entries.isEmpty() && !batch.isFull()) {
                weight -= entries.peek().weight();
                batch.add(entries.poll());
            }
            return Reach.SERVED;
        } finally {
            lock.unlock();
        }
    }

    /** The first position that is here; the end if nothing is. */
    long firstPosition() {
        lock.lock();
        try {
            return entries.isEmpty() ? endPosition : entries.peek().position();
        } finally {
            lock.unlock();
        }
    }

    long endPosition() {
        lock.lock();
        try {
            return endPosition;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is something at a position, the time is up, or somebody wakes it. */
    void await(long position, long timeoutMs) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
            while (position >= endPosition && !woken && left > 0) {
                left = changed.awaitNanos(left);
            }
            woken = false;
        } finally {
            lock.unlock();
        }
    }

    void wakeUp() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

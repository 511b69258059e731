package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.structure.GatheredOutput;

import org.apache.flink.core.memory.DataInputView;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The sizes of on-time regular trades by contract and second: of the last sixty completed seconds,
 * and of those that are not completed yet. It says when what it holds enters and leaves the minute.
 */
final class RecentVolume {

    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;

    /** Of seconds that are not completed yet, and of those within the minute; the oldest first. */
    private final ArrayDeque<Entry> coming;

    private final ArrayDeque<Entry> within;

    private record Entry(long secondEnd, String ticker, long volume) {}

    RecentVolume() {
        this(new ArrayDeque<>(), new ArrayDeque<>());
    }

    private RecentVolume(ArrayDeque<Entry> coming, ArrayDeque<Entry> within) {
        this.coming = coming;
        this.within = within;
    }

    /** Hears by how much the volume of the minute changes. */
    @FunctionalInterface
    interface Listener {
        void changed(String ticker, long by);
    }

    /** Adds what traded in a second; seconds never go back. */
    void add(long secondEnd, String ticker, long volume) {
        if (volume > 0) {
            coming.add(new Entry(secondEnd, ticker, volume));
        }
    }

    /** Moves the minute on to the last second that is completed at an instant. */
    void advanceTo(long instant, Listener listener) {
        long completed = Math.floorDiv(instant, SECOND) * SECOND;
        while (!within.isEmpty() && within.peek().secondEnd <= completed - MINUTE) {
            Entry left = within.remove();
            listener.changed(left.ticker, -left.volume);
        }
        while (!coming.isEmpty() && coming.peek().secondEnd <= completed) {
            Entry entered = coming.remove();
            if (entered.secondEnd > completed - MINUTE) {
                within.add(entered);
                listener.changed(entered.ticker, entered.volume);
            }
        }
    }

    /** The next instant at which the minute changes by itself, or Long.MAX_VALUE. */
    long nextChange() {
        long enters = coming.isEmpty() ? Long.MAX_VALUE : coming.peek().secondEnd;
        long leaves = within.isEmpty() ? Long.MAX_VALUE : within.peek().secondEnd + MINUTE;
        return Math.min(enters, leaves);
    }

    void clear() {
        coming.clear();
        within.clear();
    }

    RecentVolume copy() {
        return new RecentVolume(coming.clone(), within.clone());
    }

    void write(GatheredOutput out) throws IOException {
        write(within, out);
        write(coming, out);
    }

    private static void write(Deque<Entry> entries, GatheredOutput out) throws IOException {
        out.writeInt(entries.size());
        for (Entry entry : entries) {
            out.writeLong(entry.secondEnd);
            out.writeUTF(entry.ticker);
            out.writeLong(entry.volume);
            out.itemEnds();
        }
    }

    static RecentVolume read(DataInputView in) throws IOException {
        RecentVolume read = new RecentVolume();
        read(read.within, in);
        read(read.coming, in);
        return read;
    }

    private static void read(Deque<Entry> into, DataInputView in) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            into.add(new Entry(in.readLong(), in.readUTF(), in.readLong()));
        }
    }
}

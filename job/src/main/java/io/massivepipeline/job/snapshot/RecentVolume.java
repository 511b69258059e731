package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.structure.GatheredOutput;

import org.apache.flink.core.memory.DataInputView;

import java.io.IOException;
import java.util.Arrays;

/**
 * The sizes of on-time regular trades by contract and second: of the last sixty completed seconds,
 * and of those that are not completed yet. It says when what it holds enters and leaves the minute.
 *
 * <p>A queue in arrays: there can be a million of them at a time, which as objects would keep the
 * garbage collector busy.
 */
final class RecentVolume {

    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final int FIRST_CAPACITY = 8;

    private long[] secondEnds;
    private String[] tickers;
    private long[] volumes;

    /** Whether another one appends to the arrays; what is in them never changes. */
    private boolean lent;

    /** The oldest within the minute, the first that is not completed yet, the first free place. */
    private int from;

    private int coming;
    private int to;

    RecentVolume() {
        this(new long[FIRST_CAPACITY], new String[FIRST_CAPACITY], new long[FIRST_CAPACITY]);
    }

    private RecentVolume(long[] secondEnds, String[] tickers, long[] volumes) {
        this.secondEnds = secondEnds;
        this.tickers = tickers;
        this.volumes = volumes;
    }

    /** Hears by how much the volume of the minute changes. */
    @FunctionalInterface
    interface Listener {
        void changed(String ticker, long by);
    }

    /**
     * Adds what traded in a second; seconds never go back.
     *
     * @param ticker is kept for a minute, so it should be one that is kept anyway
     */
    void add(long secondEnd, String ticker, long volume) {
        if (volume > 0) {
            append(secondEnd, ticker, volume);
        }
    }

    private void append(long secondEnd, String ticker, long volume) {
        if (to == volumes.length || lent) {
            makeRoom();
        }
        secondEnds[to] = secondEnd;
        tickers[to] = ticker;
        volumes[to++] = volume;
    }

    private void makeRoom() {
        boolean crowded = to - from > volumes.length / 2;
        int capacity = crowded ? volumes.length * 2 : volumes.length;
        secondEnds = Arrays.copyOf(Arrays.copyOfRange(secondEnds, from, to), capacity);
        tickers = Arrays.copyOf(Arrays.copyOfRange(tickers, from, to), capacity);
        volumes = Arrays.copyOf(Arrays.copyOfRange(volumes, from, to), capacity);
        coming -= from;
        to -= from;
        from = 0;
        lent = false;
    }

    /** Moves the minute on to the last second that is completed at an instant. */
    void advanceTo(long instant, Listener listener) {
        long completed = Math.floorDiv(instant, SECOND) * SECOND;
        while (from < coming && secondEnds[from] <= completed - MINUTE) {
            listener.changed(tickers[from], -volumes[from]);
            from++;
        }
        while (coming < to && secondEnds[coming] <= completed) {
            if (secondEnds[coming] > completed - MINUTE) {
                listener.changed(tickers[coming], volumes[coming]);
                coming++;
            } else {
                // Came and went between two cuts: what is before it has left as well.
                from = ++coming;
            }
        }
    }

    /** The next instant at which the minute changes by itself, or Long.MAX_VALUE. */
    long nextChange() {
        long enters = coming == to ? Long.MAX_VALUE : secondEnds[coming];
        long leaves = from == coming ? Long.MAX_VALUE : secondEnds[from] + MINUTE;
        return Math.min(enters, leaves);
    }

    void clear() {
        from = to;
        coming = to;
    }

    /**
     * The same, for one who goes on while a checkpoint reads this one: it takes over the arrays to
     * append to. This one can go on, too, in arrays of its own.
     */
    RecentVolume copy() {
        RecentVolume copy = new RecentVolume(secondEnds, tickers, volumes);
        copy.from = from;
        copy.coming = coming;
        copy.to = to;
        lent = true;
        return copy;
    }

    void write(GatheredOutput out) throws IOException {
        write(from, coming, out);
        write(coming, to, out);
    }

    private void write(int first, int end, GatheredOutput out) throws IOException {
        out.writeInt(end - first);
        for (int i = first; i < end; i++) {
            out.writeLong(secondEnds[i]);
            out.writeUTF(tickers[i]);
            out.writeLong(volumes[i]);
            out.itemEnds();
        }
    }

    static RecentVolume read(DataInputView in) throws IOException {
        RecentVolume read = new RecentVolume();
        read.appendAll(in);
        read.coming = read.to;
        read.appendAll(in);
        return read;
    }

    private void appendAll(DataInputView in) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            append(in.readLong(), in.readUTF(), in.readLong());
        }
    }
}

package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.analytics.VolumeQueue;
import io.massivepipeline.job.structure.GatheredOutput;

import org.apache.flink.core.memory.DataInputView;

import java.io.IOException;

/**
 * The sizes of on-time regular trades by contract and second: of the last sixty completed seconds,
 * and of those that are not completed yet. It says when what it holds enters and leaves the minute.
 */
final class RecentVolume {

    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;

    private final VolumeQueue<String> volumes;

    /** The position of the first that is not completed yet. */
    private long coming;

    RecentVolume() {
        this(new VolumeQueue<>());
    }

    private RecentVolume(VolumeQueue<String> volumes) {
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
            volumes.append(secondEnd, ticker, volume);
        }
    }

    /** Moves the minute on to the last second that is completed at an instant. */
    void advanceTo(long instant, Listener listener) {
        long completed = Math.floorDiv(instant, SECOND) * SECOND;
        long from = volumes.first();
        while (from < coming && volumes.second(from) <= completed - MINUTE) {
            listener.changed(volumes.contract(from), -volumes.volume(from));
            from++;
        }
        while (coming < volumes.end() && volumes.second(coming) <= completed) {
            if (volumes.second(coming) > completed - MINUTE) {
                listener.changed(volumes.contract(coming), volumes.volume(coming));
                coming++;
            } else {
                // Came and went between two cuts: what is before it has left as well.
                from = ++coming;
            }
        }
        volumes.dropUntil(from);
    }

    /** The next instant at which the minute changes by itself, or Long.MAX_VALUE. */
    long nextChange() {
        long from = volumes.first();
        long enters = coming == volumes.end() ? Long.MAX_VALUE : volumes.second(coming);
        long leaves = from == coming ? Long.MAX_VALUE : volumes.second(from) + MINUTE;
        return Math.min(enters, leaves);
    }

    void clear() {
        coming = volumes.end();
        volumes.dropUntil(coming);
    }

    /** The same, for one who goes on while a checkpoint reads this one. */
    RecentVolume copy() {
        RecentVolume copy = new RecentVolume(volumes.copy());
        copy.coming = coming;
        return copy;
    }

    void write(GatheredOutput out) throws IOException {
        write(volumes.first(), coming, out);
        write(coming, volumes.end(), out);
    }

    private void write(long first, long end, GatheredOutput out) throws IOException {
        out.writeInt((int) (end - first));
        for (long i = first; i < end; i++) {
            out.writeLong(volumes.second(i));
            out.writeUTF(volumes.contract(i));
            out.writeLong(volumes.volume(i));
            out.itemEnds();
        }
    }

    static RecentVolume read(DataInputView in) throws IOException {
        RecentVolume read = new RecentVolume();
        read.appendAll(in);
        read.coming = read.volumes.end();
        read.appendAll(in);
        return read;
    }

    private void appendAll(DataInputView in) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            volumes.append(in.readLong(), in.readUTF(), in.readLong());
        }
    }
}

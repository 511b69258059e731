package io.massivepipeline.job.structure;

import org.apache.flink.core.memory.DataInputView;

import java.io.IOException;
import java.util.Arrays;

/**
 * The entry ids that were given out within some seconds of event time, and a fingerprint of the
 * trade that has each: an open-addressing table of primitives, since there can be millions of them.
 */
final class IdBucket {

    /** The milliseconds of a bucket go from 0 to below this. */
    static final int MILLIS = 30_000;

    private static final int LEAST_CAPACITY = 4;
    private static final short FREE = -1;

    private short[] millis;
    private long[] sequences;
    private long[] fingerprints;

    /**
     * How many sequences from a slot's own onward are known to be taken; only ever a shortcut, and
     * null as long as no trade without a number needed one.
     */
    private int[] runs;

    private int size;
    private int lastMilli;
    private long forgetAt = Long.MIN_VALUE;

    /** Whether a checkpoint may be reading it; then it is never changed again. */
    private boolean shared;

    IdBucket() {
        this(0);
    }

    /**
     * @param expected how many ids it will probably hold
     */
    IdBucket(int expected) {
        int least = Math.max(LEAST_CAPACITY, expected + expected / 2);
        allocate(Integer.highestOneBit(least - 1) << 1);
    }

    /** Whoever wants to change it from now on must take a {@link #copy()}. */
    void share() {
        shared = true;
    }

    boolean isShared() {
        return shared;
    }

    /** The event time from which on nobody needs this bucket any more. */
    long forgetAt() {
        return forgetAt;
    }

    void keepUntil(long eventTime) {
        forgetAt = Math.max(forgetAt, eventTime);
    }

    int size() {
        return size;
    }

    /** The latest millisecond with an id, 0 if there is none. */
    int lastMilli() {
        return lastMilli;
    }

    /**
     * Gives out an id: the wanted one, or the next free one if it is taken.
     *
     * @param milli the millisecond within the bucket, below {@link #MILLIS}
     * @param wanted the sequence to start from
     * @param fingerprint tells the trade from others
     * @param numbered whether the provider numbered the trade, so that the same trade at the same
     *     id is a repeat rather than a second fill
     * @return the sequence, or {@link IdMemory#REPEAT}
     */
    long claim(int milli, long wanted, long fingerprint, boolean numbered) {
        long sequence = wanted;
        int first = -1;
        while (true) {
            int slot = slotOf(milli, sequence);
            if (millis[slot] == FREE) {
                if (first >= 0 && !numbered) {
                    noteRun(first, sequence - wanted + 1);
                }
                occupy(slot, milli, sequence, fingerprint);
                return sequence;
            }
            if (numbered && fingerprints[slot] == fingerprint) {
                return IdMemory.REPEAT;
            }
            first = first < 0 ? slot : first;
            sequence += numbered || runs == null ? 1 : runs[slot];
        }
    }

    private void noteRun(int slot, long length) {
        if (runs == null) {
            runs = new int[millis.length];
            Arrays.fill(runs, 1);
        }
        runs[slot] = (int) Math.min(Integer.MAX_VALUE, length);
    }

    private int slotOf(int milli, long sequence) {
        int mask = millis.length - 1;
        long mixed = (sequence + milli) * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 32) & mask;
        while (millis[slot] != FREE && (sequences[slot] != sequence || millis[slot] != milli)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void occupy(int slot, int milli, long sequence, long fingerprint) {
        millis[slot] = (short) milli;
        sequences[slot] = sequence;
        fingerprints[slot] = fingerprint;
        lastMilli = Math.max(lastMilli, milli);
        if (++size * 3 > millis.length * 2) {
            grow();
        }
    }

    private void grow() {
        short[] oldMillis = millis;
        long[] oldSequences = sequences;
        long[] oldFingerprints = fingerprints;
        int[] oldRuns = runs;
        allocate(oldMillis.length * 2);
        if (oldRuns != null) {
            runs = new int[millis.length];
            Arrays.fill(runs, 1);
        }
        for (int i = 0; i < oldMillis.length; i++) {
            if (oldMillis[i] != FREE) {
                int slot = slotOf(oldMillis[i], oldSequences[i]);
                millis[slot] = oldMillis[i];
                sequences[slot] = oldSequences[i];
                fingerprints[slot] = oldFingerprints[i];
                if (oldRuns != null) {
                    runs[slot] = oldRuns[i];
                }
            }
        }
    }

    private void allocate(int capacity) {
        millis = new short[capacity];
        Arrays.fill(millis, FREE);
        sequences = new long[capacity];
        fingerprints = new long[capacity];
        runs = null;
    }

    IdBucket copy() {
        IdBucket copy = new IdBucket();
        copy.millis = millis.clone();
        copy.sequences = sequences.clone();
        copy.fingerprints = fingerprints.clone();
        copy.runs = runs == null ? null : runs.clone();
        copy.size = size;
        copy.lastMilli = lastMilli;
        copy.forgetAt = forgetAt;
        return copy;
    }

    void write(GatheredOutput out) throws IOException {
        out.writeLong(forgetAt);
        out.writeInt(size);
        for (int i = 0; i < millis.length; i++) {
            if (millis[i] != FREE) {
                out.writeShort(millis[i]);
                out.writeLong(sequences[i]);
                out.writeLong(fingerprints[i]);
                out.itemEnds();
            }
        }
    }

    static IdBucket read(DataInputView in) throws IOException {
        long forgetAt = in.readLong();
        int size = in.readInt();
        IdBucket bucket = new IdBucket(size);
        bucket.forgetAt = forgetAt;
        for (int i = 0; i < size; i++) {
            int milli = in.readShort();
            long sequence = in.readLong();
            bucket.occupy(bucket.slotOf(milli, sequence), milli, sequence, in.readLong());
        }
        return bucket;
    }
}

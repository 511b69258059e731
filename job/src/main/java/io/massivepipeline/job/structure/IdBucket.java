package io.massivepipeline.job.structure;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.Arrays;

/**
 * The entry ids that were given out within one second of event time, and a fingerprint of the trade
 * that has each: an open-addressing table of primitives, since there can be millions of them.
 */
final class IdBucket {

    private static final int FIRST_CAPACITY = 8;
    private static final short FREE = -1;

    private short[] millis;
    private long[] sequences;
    private long[] fingerprints;

    /** How many sequences from a slot's own onward are known to be taken; only ever a shortcut. */
    private int[] runs;

    private int size;
    private long forgetAt = Long.MIN_VALUE;

    IdBucket() {
        allocate(FIRST_CAPACITY);
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

    /**
     * Gives out an id: the wanted one, or the next free one if it is taken.
     *
     * @param milli the millisecond within the second
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
                if (first >= 0) {
                    runs[first] = (int) Math.min(Integer.MAX_VALUE, sequence - wanted + 1);
                }
                occupy(slot, milli, sequence, fingerprint);
                return sequence;
            }
            if (numbered && fingerprints[slot] == fingerprint) {
                return IdMemory.REPEAT;
            }
            first = first < 0 ? slot : first;
            sequence += numbered ? 1 : runs[slot];
        }
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
        runs[slot] = 1;
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
        for (int i = 0; i < oldMillis.length; i++) {
            if (oldMillis[i] != FREE) {
                int slot = slotOf(oldMillis[i], oldSequences[i]);
                millis[slot] = oldMillis[i];
                sequences[slot] = oldSequences[i];
                fingerprints[slot] = oldFingerprints[i];
                runs[slot] = oldRuns[i];
            }
        }
    }

    private void allocate(int capacity) {
        millis = new short[capacity];
        Arrays.fill(millis, FREE);
        sequences = new long[capacity];
        fingerprints = new long[capacity];
        runs = new int[capacity];
    }

    IdBucket copy() {
        IdBucket copy = new IdBucket();
        copy.millis = millis.clone();
        copy.sequences = sequences.clone();
        copy.fingerprints = fingerprints.clone();
        copy.runs = runs.clone();
        copy.size = size;
        copy.forgetAt = forgetAt;
        return copy;
    }

    void write(DataOutputView out) throws IOException {
        out.writeLong(forgetAt);
        out.writeInt(size);
        for (int i = 0; i < millis.length; i++) {
            if (millis[i] != FREE) {
                out.writeShort(millis[i]);
                out.writeLong(sequences[i]);
                out.writeLong(fingerprints[i]);
            }
        }
    }

    static IdBucket read(DataInputView in) throws IOException {
        IdBucket bucket = new IdBucket();
        bucket.forgetAt = in.readLong();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            int milli = in.readShort();
            long sequence = in.readLong();
            bucket.occupy(bucket.slotOf(milli, sequence), milli, sequence, in.readLong());
        }
        return bucket;
    }
}

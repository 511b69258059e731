package io.massivepipeline.job.structure;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The entry ids that a stream has given out of late, in buckets of one second of event time, so
 * that forgetting costs nothing a trade.
 */
final class IdMemory {

    /** The answer for a trade that has its id already. Above every sequence that can be given. */
    static final long REPEAT = -1L;

    private static final long SECOND = 1000;

    private final TreeMap<Long, IdBucket> buckets = new TreeMap<>();

    private long recentSecond = Long.MIN_VALUE;
    private IdBucket recent;

    /**
     * Gives out the id of a trade.
     *
     * @param timestamp the trade's {@code t}, whose millisecond shares ids
     * @param rememberUntil event time until which a repeat must be recognised
     * @return the sequence of its id, or {@link #REPEAT}
     * @see IdBucket#claim
     */
    long claim(
            long timestamp, long wanted, long fingerprint, boolean numbered, long rememberUntil) {
        IdBucket bucket = bucketOf(Math.floorDiv(timestamp, SECOND));
        bucket.keepUntil(rememberUntil);
        return bucket.claim((int) Math.floorMod(timestamp, SECOND), wanted, fingerprint, numbered);
    }

    /** The bucket of a second, to be changed. */
    private IdBucket bucketOf(long second) {
        if (second != recentSecond) {
            recent = find(second);
            recentSecond = second;
        }
        return recent;
    }

    /** A second is probably as busy as the one before. */
    private IdBucket find(long second) {
        IdBucket found = buckets.get(second);
        if (found == null) {
            found = new IdBucket(recent == null ? 0 : recent.size());
            buckets.put(second, found);
        } else if (found.isShared()) {
            found = found.copy();
            buckets.put(second, found);
        }
        return found;
    }

    /** Forgets what nobody needs from this event time on. */
    void forget(long eventTime) {
        buckets.values().removeIf(bucket -> bucket.forgetAt() <= eventTime);
        recentSecond = Long.MIN_VALUE;
    }

    /** The event time at which there is something to forget, or {@link Long#MAX_VALUE}. */
    long nextForgetting() {
        long next = Long.MAX_VALUE;
        for (IdBucket bucket : buckets.values()) {
            next = Math.min(next, bucket.forgetAt());
        }
        return next;
    }

    boolean isEmpty() {
        return buckets.isEmpty();
    }

    /**
     * The same ids for one who will change them while a checkpoint reads these. Only the buckets
     * that are changed are copied then, of a hundred or more the last one or two.
     */
    IdMemory copy() {
        IdMemory copy = new IdMemory();
        buckets.values().forEach(IdBucket::share);
        copy.buckets.putAll(buckets);
        recentSecond = Long.MIN_VALUE;
        return copy;
    }

    void write(DataOutputView out) throws IOException {
        out.writeInt(buckets.size());
        for (Map.Entry<Long, IdBucket> entry : buckets.entrySet()) {
            out.writeLong(entry.getKey());
            entry.getValue().write(out);
        }
    }

    static IdMemory read(DataInputView in) throws IOException {
        IdMemory memory = new IdMemory();
        for (int i = in.readInt(); i > 0; i--) {
            memory.buckets.put(in.readLong(), IdBucket.read(in));
        }
        return memory;
    }
}

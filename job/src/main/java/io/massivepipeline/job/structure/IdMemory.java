package io.massivepipeline.job.structure;

import org.apache.flink.core.memory.DataInputView;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The entry ids that a stream has given out of late, in buckets of event time, so that forgetting
 * costs nothing a trade. A bucket begins with the second of its first trade and takes in later
 * seconds while it holds few ids: of a busy stream a bucket is a second, but ten thousand streams
 * that trade now and then don't have a bucket for each trade.
 */
final class IdMemory {

    /** The answer for a trade that has its id already. Above every sequence that can be given. */
    static final long REPEAT = -1L;

    private static final long SECOND = 1000;

    /** A bucket that holds fewer takes in another second, if it is near. */
    private static final int FEW = 32;

    /** The most seconds from the first to the last of a bucket. */
    private static final int SPAN = IdBucket.MILLIS / (int) SECOND;

    /** By the first second; none reaches to the first second of the next. */
    private final TreeMap<Long, IdBucket> buckets = new TreeMap<>();

    /** The bucket that was asked for last, and its seconds; null if it may be shared. */
    private IdBucket recent;

    private long recentFirst;
    private long recentLast = Long.MIN_VALUE;

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
        int milli = (int) (timestamp - recentFirst * SECOND);
        return bucket.claim(milli, wanted, fingerprint, numbered);
    }

    /** The bucket of a second, to be changed. */
    private IdBucket bucketOf(long second) {
        if (recent == null || second < recentFirst || second > recentLast) {
            find(second);
        }
        return recent;
    }

    private void find(long second) {
        Map.Entry<Long, IdBucket> before = buckets.floorEntry(second);
        if (before == null || !takes(before.getValue(), second - before.getKey())) {
            // It is probably as busy as the one before.
            recent = new IdBucket(before == null ? 0 : before.getValue().size());
            recentFirst = second;
            buckets.put(second, recent);
        } else {
            recent = before.getValue();
            recentFirst = before.getKey();
            if (recent.isShared()) {
                recent = recent.copy();
                buckets.put(recentFirst, recent);
            }
        }
        recentLast = Math.max(second, recentFirst + recent.lastMilli() / SECOND);
    }

    /** Whether a second belongs to the bucket that begins so many seconds before it. */
    private static boolean takes(IdBucket bucket, long seconds) {
        return seconds <= bucket.lastMilli() / SECOND || bucket.size() < FEW && seconds < SPAN;
    }

    /** Forgets what nobody needs from this event time on. */
    void forget(long eventTime) {
        buckets.values().removeIf(bucket -> bucket.forgetAt() <= eventTime);
        recent = null;
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
     * that are changed are copied then, of a busy stream's hundred the last one or two.
     */
    IdMemory copy() {
        IdMemory copy = new IdMemory();
        buckets.values().forEach(IdBucket::share);
        copy.buckets.putAll(buckets);
        recent = null;
        return copy;
    }

    void write(GatheredOutput out) throws IOException {
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

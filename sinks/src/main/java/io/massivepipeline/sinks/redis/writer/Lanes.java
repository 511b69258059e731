package io.massivepipeline.sinks.redis.writer;

import io.massivepipeline.sinks.redis.RedisWrite;

import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes that wait, in one queue for each key. A key whose last writes are still on their way keeps
 * the next ones back; the others leave in the order in which they became able to.
 */
final class Lanes {

    private final Map<String, Lane> lanes = new HashMap<>();
    private final Deque<Lane> ready = new ArrayDeque<>();

    private long entries;
    private long bytes;
    private long readyEntries;
    private long readyBytes;

    /** Everything that waits. */
    long entries() {
        return entries;
    }

    long bytes() {
        return bytes;
    }

    /** What waits for nothing but to be sent. */
    long readyEntries() {
        return readyEntries;
    }

    long readyBytes() {
        return readyBytes;
    }

    boolean hasReady() {
        return !ready.isEmpty();
    }

    /** Since when the first in line could have been sent; to be asked only if there is one. */
    long oldestReady() {
        return ready.peekFirst().since;
    }

    void add(RequestEntryWrapper<RedisWrite> write, boolean first, long now) {
        Lane lane = lanes.computeIfAbsent(write.getRequestEntry().key(), Lane::new);
        if (lane.waiting.isEmpty() && !lane.inFlight) {
            lane.since = now;
            ready.addLast(lane);
        }
        if (first) {
            lane.waiting.addFirst(write);
        } else {
            lane.waiting.addLast(write);
        }
        count(lane, write, 1);
        if (!lane.inFlight) {
            countReady(write.getRequestEntry().entryCount(), write.getSize());
        }
    }

    /**
     * Takes a batch: of each key in line as much as one call may have, until the batch is full, but
     * at least one write. Writes of one key are neighbours.
     */
    List<RequestEntryWrapper<RedisWrite>> take(BatchLimits limits) {
        List<RequestEntryWrapper<RedisWrite>> batch = new ArrayList<>();
        long batchEntries = 0;
        long batchBytes = 0;
        while (!ready.isEmpty()
                && batchEntries < limits.batchEntries()
                && batchBytes < limits.batchBytes()) {
            Lane lane = ready.pollFirst();
            countReady(-lane.entries, -lane.bytes);
            lane.inFlight = true;
            long callEntries = 0;
            do {
                RequestEntryWrapper<RedisWrite> write = lane.waiting.pollFirst();
                count(lane, write, -1);
                batch.add(write);
                callEntries += write.getRequestEntry().entryCount();
                batchBytes += write.getSize();
            } while (!lane.waiting.isEmpty()
                    && callEntries + lane.waiting.peekFirst().getRequestEntry().entryCount()
                            <= limits.callEntries()
                    && batchBytes + lane.waiting.peekFirst().getSize() <= limits.batchBytes());
            batchEntries += callEntries;
        }
        return batch;
    }

    /** Says that nothing of these keys is on its way any more. */
    void release(Collection<String> keys, long now) {
        for (String key : keys) {
            Lane lane = lanes.get(key);
            lane.inFlight = false;
            if (lane.waiting.isEmpty()) {
                lanes.remove(key);
            } else {
                lane.since = now;
                ready.addLast(lane);
                countReady(lane.entries, lane.bytes);
            }
        }
    }

    List<RequestEntryWrapper<RedisWrite>> waiting() {
        List<RequestEntryWrapper<RedisWrite>> all = new ArrayList<>();
        lanes.values().forEach(lane -> all.addAll(lane.waiting));
        return all;
    }

    private void count(Lane lane, RequestEntryWrapper<RedisWrite> write, int sign) {
        long writeEntries = (long) sign * write.getRequestEntry().entryCount();
        long writeBytes = sign * write.getSize();
        lane.entries += writeEntries;
        lane.bytes += writeBytes;
        entries += writeEntries;
        bytes += writeBytes;
    }

    private void countReady(long moreEntries, long moreBytes) {
        readyEntries += moreEntries;
        readyBytes += moreBytes;
    }
}

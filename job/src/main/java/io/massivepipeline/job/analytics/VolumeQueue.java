package io.massivepipeline.job.analytics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Volumes by second and contract, the oldest first. Each has a position, one more than the one
 * before it.
 *
 * <p>There can be a million of them at a time, which as objects would keep the garbage collector
 * busy, so they stand in arrays; and those are short, because what is begun together is full
 * together: with long arrays that grow, thousands of keys would copy all they have within the same
 * second, while trades wait.
 *
 * @param <C> what tells a contract
 */
public final class VolumeQueue<C> {

    private static final int CHUNK_BITS = 6;
    private static final int CHUNK_LENGTH = 1 << CHUNK_BITS;

    /** There can be tens of thousands of queues that hold next to nothing. */
    private static final int FIRST_CAPACITY = 4;

    /** A chunk begins at a multiple of its length; in the first one is {@code first}. */
    private final List<Chunk> chunks;

    private long first;
    private long end;

    /** Whether another one appends to the last chunk; what is in it never changes. */
    private boolean lent;

    private record Chunk(long[] seconds, Object[] contracts, long[] volumes) {

        static Chunk ofCapacity(int capacity) {
            return new Chunk(new long[capacity], new Object[capacity], new long[capacity]);
        }

        Chunk withCapacity(int capacity) {
            return new Chunk(
                    Arrays.copyOf(seconds, capacity),
                    Arrays.copyOf(contracts, capacity),
                    Arrays.copyOf(volumes, capacity));
        }

        int capacity() {
            return seconds.length;
        }
    }

    /** Empty. */
    public VolumeQueue() {
        this(new ArrayList<>(0));
    }

    private VolumeQueue(List<Chunk> chunks) {
        this.chunks = chunks;
    }

    /** The position of the oldest, or {@link #end()} if there is none. */
    public long first() {
        return first;
    }

    /** The position behind the newest. */
    public long end() {
        return end;
    }

    /** Whether another one takes memory, before which it may be worth to drop some. */
    public boolean isFull() {
        return placeOf(end) == 0;
    }

    /**
     * Adds one as the newest.
     *
     * @param contract is kept as long as its volume, so it should be one that is kept anyway
     */
    public void append(long second, C contract, long volume) {
        int place = placeOf(end);
        Chunk last = chunkFor(place);
        end++;
        last.seconds[place] = second;
        last.contracts[place] = contract;
        last.volumes[place] = volume;
    }

    /** The last chunk, with room at a place that nobody else writes to. */
    private Chunk chunkFor(int place) {
        if (place == 0) {
            chunks.add(
                    Chunk.ofCapacity(end - first < CHUNK_LENGTH ? FIRST_CAPACITY : CHUNK_LENGTH));
        } else if (lent || place == chunkOf(end).capacity()) {
            Chunk last = chunkOf(end);
            int capacity = place == last.capacity() ? place * 2 : last.capacity();
            chunks.set(chunks.size() - 1, last.withCapacity(capacity));
        }
        lent = false;
        return chunks.get(chunks.size() - 1);
    }

    /** The second at a position, as it was added. */
    public long second(long position) {
        return chunkOf(position).seconds[placeOf(position)];
    }

    /** The contract at a position. */
    @SuppressWarnings("unchecked")
    public C contract(long position) {
        return (C) chunkOf(position).contracts[placeOf(position)];
    }

    /** The volume at a position. */
    public long volume(long position) {
        return chunkOf(position).volumes[placeOf(position)];
    }

    /** Forgets what is before a position, which is between the first and the end. */
    public void dropUntil(long position) {
        int whole = (int) ((position >> CHUNK_BITS) - (first >> CHUNK_BITS));
        if (whole > 0) {
            chunks.subList(0, whole).clear();
        }
        first = position;
    }

    private Chunk chunkOf(long position) {
        return chunks.get((int) ((position >> CHUNK_BITS) - (first >> CHUNK_BITS)));
    }

    private static int placeOf(long position) {
        return (int) position & CHUNK_LENGTH - 1;
    }

    /**
     * The same at the same positions, for one who goes on while a checkpoint reads this one: it
     * takes over the last chunk to append to. This one can go on, too, in a chunk of its own.
     */
    public VolumeQueue<C> copy() {
        VolumeQueue<C> copy = new VolumeQueue<>(new ArrayList<>(chunks));
        copy.first = first;
        copy.end = end;
        copy.lent = lent;
        lent = true;
        return copy;
    }
}

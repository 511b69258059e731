package io.massivepipeline.sinks.redis;

/**
 * Where the bytes of a batch are put together. Builders that are used one after the other can share
 * one: memory of its own for each of thousands of streams would fill the heap, and as a new one for
 * each batch would be most of the garbage. Not for several threads.
 */
public final class BatchMemory {

    private static final int FIRST = 256;

    /** What one batch needed more is given back after it. */
    private static final int LARGEST_KEPT = 1 << 20;

    private PackedEntries entries = new PackedEntries(FIRST);
    private boolean taken;

    /**
     * Begins a batch.
     *
     * @throws IllegalStateException if another one has begun and not ended
     */
    PackedEntries take() {
        if (taken) {
            throw new IllegalStateException("Another batch is put together in this memory.");
        }
        taken = true;
        entries.clear();
        return entries;
    }

    /** Ends the batch that was begun: its bytes. */
    byte[] release() {
        taken = false;
        byte[] batch = entries.toBytes();
        if (entries.capacity() > LARGEST_KEPT) {
            entries = new PackedEntries(FIRST);
        }
        return batch;
    }
}

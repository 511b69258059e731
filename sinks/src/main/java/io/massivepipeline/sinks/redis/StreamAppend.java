package io.massivepipeline.sinks.redis;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Appends a batch of entries, whose ids the caller chose, to a stream. Writing an entry twice is
 * harmless, which makes these appends effectively once.
 *
 * <p>The ids must be a function of what the entries are, not of when or by whom they are written,
 * and one writer at a time may write to a stream.
 *
 * <pre>{@code
 * StreamAppend append =
 *         StreamAppend.to("prices", "symbol", "price")
 *                 .maxLength(100_000)
 *                 .onPassed(PassedIds.APPEND_LATE)
 *                 .lateField("late_of")
 *                 .companion("late:")
 *                 .add(time, sequence, "SPX", "6878.49")
 *                 .build();
 * }</pre>
 *
 * <p>The entries are held as they go over the wire. A server carries out all of them in one step,
 * so a batch should stay at some hundreds; the sink joins small batches of one stream to larger
 * ones.
 */
public final class StreamAppend implements RedisWrite {

    private static final long serialVersionUID = 1L;

    private final StreamTarget target;
    private final byte[] packed;
    private final int entryCount;
    private final int largestEntry;
    private final long expireAt;

    StreamAppend(
            StreamTarget target, byte[] packed, int entryCount, int largestEntry, long expireAt) {
        this.target = target;
        this.packed = packed;
        this.entryCount = entryCount;
        this.largestEntry = largestEntry;
        this.expireAt = expireAt;
    }

    /**
     * Begins a batch for a stream.
     *
     * @param fieldNames the fields of every entry, in the order of their values
     */
    public static StreamAppendBuilder to(String key, String... fieldNames) {
        return new StreamAppendBuilder(key, List.of(fieldNames));
    }

    public StreamTarget target() {
        return target;
    }

    /**
     * The entries as a flat MessagePack array {@code id, value, ..., id, value, ...}; not a copy.
     */
    public byte[] packed() {
        return packed;
    }

    /** Unix milliseconds, 0 for never. */
    public long expireAt() {
        return expireAt;
    }

    /** The bytes of the largest entry, its id and the lengths of its values included. */
    public int largestEntry() {
        return largestEntry;
    }

    /**
     * The same batch without the entries that are larger than a limit.
     *
     * @param oversized hears of each that is left out
     * @return nothing if none remains
     */
    public Optional<StreamAppend> within(long maxEntryBytes, Consumer<OversizedWrite> oversized) {
        if (largestEntry <= maxEntryBytes) {
            return Optional.of(this);
        }
        int fields = target.fieldNames().size();
        PackedEntries kept = new PackedEntries(packed.length);
        PackedScan entry = new PackedScan(packed, fields);
        int count = 0;
        int largest = 0;
        while (entry.next()) {
            if (entry.size() > maxEntryBytes) {
                oversized.accept(new OversizedWrite(key(), entry.id(), entry.size()));
            } else {
                kept.copy(packed, entry.start(), entry.size(), fields + 1);
                largest = Math.max(largest, entry.size());
                count++;
            }
        }
        return count == 0
                ? Optional.empty()
                : Optional.of(new StreamAppend(target, kept.toBytes(), count, largest, expireAt));
    }

    @Override
    public String key() {
        return target.key();
    }

    @Override
    public List<String> keys() {
        return target.companion().isEmpty()
                ? List.of(target.key())
                : List.of(target.key(), target.companion());
    }

    @Override
    public int entryCount() {
        return entryCount;
    }

    @Override
    public long sizeInBytes() {
        return packed.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StreamAppend that
                && target.equals(that.target)
                && expireAt == that.expireAt
                && Arrays.equals(packed, that.packed);
    }

    @Override
    public int hashCode() {
        return Objects.hash(target, expireAt, Arrays.hashCode(packed));
    }

    @Override
    public String toString() {
        return "StreamAppend[" + key() + ", " + entryCount + " entries]";
    }
}

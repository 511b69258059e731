package io.massivepipeline.sinks.redis;

import java.util.List;

/**
 * Collects the entries of a {@link StreamAppend} straight into the bytes that go over the wire. May
 * be used again after {@link #build()}: it then begins an empty batch for the same stream.
 */
public final class StreamAppendBuilder {

    private static final int MAX_SCALE = 20;

    private final String key;
    private final List<String> fieldNames;
    private PassedIds onPassed = PassedIds.FIRST_STANDS;
    private String lateField = "";
    private String companion = "";
    private long maxLength;
    private long expireAt;

    private BatchMemory memory = new BatchMemory();
    private StreamTarget target;
    private PackedEntries entries;
    private int count;
    private int begin;
    private int valueCount;
    private int largest;

    StreamAppendBuilder(String key, List<String> fieldNames) {
        this.key = key;
        this.fieldNames = fieldNames;
    }

    /** About how many entries the stream keeps; 0, the default, for all. */
    public StreamAppendBuilder maxLength(long entriesKept) {
        maxLength = entriesKept;
        target = null;
        return this;
    }

    /** When the stream expires, Unix milliseconds; 0, the default, for never. */
    public StreamAppendBuilder expireAt(long unixMillis) {
        expireAt = unixMillis;
        return this;
    }

    /** What happens to ids that are not above the top; by default what stands, stands. */
    public StreamAppendBuilder onPassed(PassedIds rule) {
        onPassed = rule;
        target = null;
        return this;
    }

    /** The field in which an entry that is appended late has its own id. */
    public StreamAppendBuilder lateField(String name) {
        lateField = name;
        target = null;
        return this;
    }

    /**
     * The prefix of the key that remembers late ids; the stream's key follows in braces, or as it
     * is where it has a hash tag itself, so that both live in one slot of a Cluster.
     */
    public StreamAppendBuilder companion(String prefix) {
        companion = StreamTarget.companionOf(prefix, key);
        target = null;
        return this;
    }

    /**
     * Memory that other builders use, too, for batches that begin when this one's has been built;
     * by default a builder has its own.
     *
     * @throws IllegalStateException if a batch has begun in other memory
     */
    public StreamAppendBuilder memory(BatchMemory shared) {
        if (count > 0) {
            throw new IllegalStateException("A batch has begun in other memory: " + key);
        }
        memory = shared;
        return this;
    }

    /** Adds an entry with text values, one for each field. */
    public StreamAppendBuilder add(long ms, long seq, String... values) {
        requireAll(values.length);
        entry(ms, seq);
        for (String value : values) {
            value(value);
        }
        return this;
    }

    /** Adds an entry with binary values, one for each field. */
    public StreamAppendBuilder add(long ms, long seq, byte[]... values) {
        requireAll(values.length);
        entry(ms, seq);
        for (byte[] value : values) {
            value(value);
        }
        return this;
    }

    /**
     * Begins an entry. Its values follow, one for each field, by the {@code value} methods, which
     * make no text of what is none.
     *
     * @throws IllegalStateException if it is the first one, and another builder has not built yet
     *     what it puts together in the same memory
     */
    public StreamAppendBuilder entry(long ms, long seq) {
        end();
        if (count == 0) {
            entries = memory.take();
        }
        begin = entries.position();
        count++;
        entries.id(ms, seq);
        return this;
    }

    /** The next value of the entry: a text. */
    public StreamAppendBuilder value(String text) {
        next().value(text);
        return this;
    }

    /** The next value of the entry: bytes, which are copied. */
    public StreamAppendBuilder value(byte[] bytes) {
        return value(bytes, 0, bytes.length);
    }

    /** The next value of the entry: a part of some bytes, which is copied. */
    public StreamAppendBuilder value(byte[] bytes, int from, int length) {
        next().value(bytes, from, length);
        return this;
    }

    /** The next value of the entry: a whole number in decimal digits. */
    public StreamAppendBuilder value(long number) {
        next().value(number);
        return this;
    }

    /**
     * The next value of the entry: the decimal number {@code unscaled * 10^-scale}, plain, with as
     * many decimals as the scale.
     *
     * @throws IllegalArgumentException if either is negative, or the scale above 20
     */
    public StreamAppendBuilder value(long unscaled, int scale) {
        if (unscaled < 0 || scale < 0 || scale > MAX_SCALE) {
            throw new IllegalArgumentException("Cannot write " + unscaled + "e-" + scale);
        }
        next().value(unscaled, scale);
        return this;
    }

    /** Adds an entry with text values, one for each field. */
    public StreamAppendBuilder add(EntryId id, String... values) {
        return add(id.ms(), id.seq(), values);
    }

    /** Adds an entry with binary values, one for each field. */
    public StreamAppendBuilder add(EntryId id, byte[]... values) {
        return add(id.ms(), id.seq(), values);
    }

    /** How many entries the batch has so far. */
    public int size() {
        return count;
    }

    /**
     * Ends the batch.
     *
     * @throws IllegalArgumentException if an entry has more or fewer values than there are fields
     * @throws IllegalStateException if it is empty
     */
    public StreamAppend build() {
        if (count == 0) {
            throw new IllegalStateException("A batch without entries: " + key);
        }
        end();
        if (target == null) {
            target = new StreamTarget(key, companion, fieldNames, onPassed, lateField, maxLength);
        }
        StreamAppend append = new StreamAppend(target, memory.release(), count, largest, expireAt);
        entries = null;
        count = 0;
        largest = 0;
        return append;
    }

    /** Where the next value of the entry goes. */
    private PackedEntries next() {
        if (count == 0) {
            throw new IllegalStateException("A value without an entry: " + key);
        }
        valueCount++;
        return entries;
    }

    /** Ends the entry that was begun last. */
    private void end() {
        if (count > 0) {
            requireAll(valueCount);
            largest = Math.max(largest, entries.position() - begin);
            valueCount = 0;
        }
    }

    private void requireAll(int values) {
        if (values != fieldNames.size()) {
            throw new IllegalArgumentException(
                    "%d values for %d fields of %s".formatted(values, fieldNames.size(), key));
        }
    }
}

package io.massivepipeline.sinks.redis;

import java.io.Serializable;

/**
 * The id of a stream entry: two unsigned 64-bit numbers, ordered as Redis orders them.
 *
 * @param ms the part before the dash, usually a time in Unix milliseconds; unsigned
 * @param seq the part after the dash; unsigned
 */
public record EntryId(long ms, long seq) implements Comparable<EntryId>, Serializable {

    /**
     * Reads {@code <ms>-<seq>}.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static EntryId parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 1) {
            throw new IllegalArgumentException("Not an entry id: " + text);
        }
        return new EntryId(
                Long.parseUnsignedLong(text.substring(0, dash)),
                Long.parseUnsignedLong(text.substring(dash + 1)));
    }

    @Override
    public int compareTo(EntryId other) {
        int byMs = Long.compareUnsigned(ms, other.ms);
        return byMs != 0 ? byMs : Long.compareUnsigned(seq, other.seq);
    }

    /** The form in which Redis writes it. */
    @Override
    public String toString() {
        return Long.toUnsignedString(ms) + '-' + Long.toUnsignedString(seq);
    }
}

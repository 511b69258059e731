package io.massivepipeline.sinks.redis;

/** What a {@link StreamAppend} does with an entry whose id is not above the top of the stream. */
public enum PassedIds {

    /**
     * The very same entry is a duplicate and not written again; an entry below what a trimmed
     * stream still holds is refused; any other is appended at the top of the stream, with its own
     * id in an additional field, and remembered in the companion key.
     */
    APPEND_LATE,

    /** What stands, stands: the entry is dropped and counted as a duplicate. */
    FIRST_STANDS
}

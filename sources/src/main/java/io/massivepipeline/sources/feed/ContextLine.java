package io.massivepipeline.sources.feed;

import java.util.Objects;

/**
 * A captured answer about spot prices or a chain, replayed beside the frames: neither decoded nor
 * checked. It is no part of the feed, has no position in it and moves no event time; it stands
 * before the first frame that could move event time past it.
 *
 * <p>Two lines are equal if they are the same object, as frames are. The payload is owned by the
 * line and must not be changed.
 *
 * @param at context time: when the answer came, Unix milliseconds
 * @param payload the answer as it was captured, UTF-8
 */
public record ContextLine(long at, byte[] payload) implements FeedEvent {

    public ContextLine {
        Objects.requireNonNull(payload, "payload");
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "ContextLine[" + payload.length + " bytes, at " + at + "]";
    }
}

package io.massivepipeline.sources.feed;

import java.util.Objects;

/**
 * One WebSocket frame as it was received, neither decoded nor checked.
 *
 * <p>Two frames are equal if they are the same object: payloads are compared by nobody on the hot
 * path. The payload is owned by the frame and must not be changed.
 *
 * @param payload the bytes of the frame, UTF-8 if the provider keeps its word; never empty
 * @param receivedAt when it was received, Unix milliseconds, or {@link #UNKNOWN} where a feed was
 *     captured without reception times
 * @param position where the frame stands in its feed: rises by one from event to event, ticks
 *     included, so that a dead letter can be found again
 */
public record RawFrame(byte[] payload, long receivedAt, long position) implements FeedEvent {

    /** The reception time of a frame whose feed does not tell it. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    public RawFrame {
        Objects.requireNonNull(payload, "payload");
    }

    /** Whether the time of reception is known. */
    public boolean hasReceptionTime() {
        return receivedAt != UNKNOWN;
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
        return "RawFrame[" + payload.length + " bytes, position " + position + "]";
    }
}

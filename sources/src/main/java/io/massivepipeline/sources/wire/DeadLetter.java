package io.massivepipeline.sources.wire;

import io.massivepipeline.sources.feed.RawFrame;

/**
 * What could not be read, so that a person can see why.
 *
 * @param reason which rule it broke
 * @param payload its text, at most {@link #MAX_PAYLOAD} bytes of UTF-8, cut between characters
 * @param receivedAt of its frame, Unix milliseconds or {@link RawFrame#UNKNOWN}
 * @param position of its frame in the feed
 */
public record DeadLetter(DeadLetterReason reason, String payload, long receivedAt, long position) {

    /** How many bytes of what could not be read are kept. */
    public static final int MAX_PAYLOAD = 4096;
}

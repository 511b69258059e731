package io.massivepipeline.sources.wire;

import io.massivepipeline.sources.feed.RawFrame;

import java.nio.charset.StandardCharsets;

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

    /** What stands in these bytes of a frame; bytes that are not UTF-8 are replaced. */
    static DeadLetter of(DeadLetterReason reason, byte[] bytes, int from, int to, RawFrame frame) {
        String text = text(bytes, from, to);
        if (text.length() > MAX_PAYLOAD / 3) {
            // A replaced byte takes three.
            byte[] again = text.getBytes(StandardCharsets.UTF_8);
            text = text(again, 0, again.length);
        }
        return new DeadLetter(reason, text, frame.receivedAt(), frame.position());
    }

    private static String text(byte[] bytes, int from, int to) {
        int end = to;
        if (to - from > MAX_PAYLOAD) {
            end = from + MAX_PAYLOAD;
            while (end > from + MAX_PAYLOAD - 3 && (bytes[end] & 0xC0) == 0x80) {
                end--;
            }
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }
}

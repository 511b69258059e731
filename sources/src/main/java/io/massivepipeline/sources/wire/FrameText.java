package io.massivepipeline.sources.wire;

import io.massivepipeline.sources.feed.RawFrame;

import com.fasterxml.jackson.core.JsonParser;

/** How far a frame has been read, and the texts that stand in it. Offsets are in bytes. */
final class FrameText {

    private final RawFrame frame;
    private final byte[] bytes;
    private final int valid;
    private final int start;

    /** The end of what was read before the last element, and of that. */
    private int before;

    private int end;

    /**
     * @param valid how much of it is UTF-8; there is a fault behind, unless it is all
     */
    FrameText(RawFrame frame, int valid) {
        this.frame = frame;
        this.bytes = frame.payload();
        this.valid = valid;
        this.start = skipWhitespace(0);
        this.before = start;
        this.end = start;
    }

    int valid() {
        return valid;
    }

    long receivedAt() {
        return frame.receivedAt();
    }

    boolean isBlank() {
        return start == bytes.length;
    }

    boolean opens(char with) {
        return start < valid && bytes[start] == with;
    }

    /** Everything up to where the parser stands has been read; an element ends there. */
    void read(JsonParser parser) {
        before = end;
        end = offset(parser);
    }

    /** Whether nothing follows what was read. */
    boolean isComplete() {
        return skipWhitespace(end) == bytes.length;
    }

    /** Whether what ends where the parser stands is followed by what follows an element. */
    boolean isDelimitedAt(JsonParser parser) {
        int next = skipWhitespace(offset(parser));
        return next < valid && (bytes[next] == ',' || bytes[next] == ']');
    }

    /** The last element. */
    DeadLetter element(DeadLetterReason reason) {
        return letter(reason, skipDelimiter(before), end);
    }

    /** All that was not read. */
    DeadLetter rest() {
        return letter(DeadLetterReason.FRAME, skipDelimiter(end), bytes.length);
    }

    StatusEvent status(String status, String message) {
        return new StatusEvent(status, message, frame.receivedAt(), frame.position());
    }

    private DeadLetter letter(DeadLetterReason reason, int from, int to) {
        return DeadLetter.of(reason, bytes, from, to, frame);
    }

    private static int offset(JsonParser parser) {
        return (int) parser.currentLocation().getByteOffset();
    }

    private int skipDelimiter(int from) {
        int next = skipWhitespace(from);
        return next < valid && bytes[next] == ',' ? skipWhitespace(next + 1) : next;
    }

    private int skipWhitespace(int from) {
        int i = from;
        while (i < valid
                && (bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\r' || bytes[i] == '\n')) {
            i++;
        }
        return i;
    }
}

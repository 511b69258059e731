package io.massivepipeline.sources.live.socket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Puts a message together from its parts, as bytes. */
final class MessageBuffer {

    private static final int INITIAL = 8 << 10;

    private final int maxBytes;
    private byte[] bytes = new byte[INITIAL];
    private int length;

    MessageBuffer(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Adds text; false if the message is too long now. */
    boolean add(CharSequence text) {
        int chars = text.length();
        if (!reserve(chars)) {
            return false;
        }
        int start = length;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                length = start;
                return add(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
            }
            bytes[length++] = (byte) c;
        }
        return true;
    }

    /** Adds bytes; false if the message is too long now. */
    boolean add(ByteBuffer data) {
        int count = data.remaining();
        if (!reserve(count)) {
            return false;
        }
        data.get(bytes, length, count);
        length += count;
        return true;
    }

    /** The message, and an empty buffer for the next. */
    byte[] take() {
        byte[] message = Arrays.copyOf(bytes, length);
        length = 0;
        if (bytes.length > INITIAL * 16) {
            bytes = new byte[INITIAL];
        }
        return message;
    }

    private boolean reserve(int count) {
        long needed = (long) length + count;
        if (needed > maxBytes) {
            return false;
        }
        if (needed > bytes.length) {
            bytes =
                    Arrays.copyOf(
                            bytes, (int) Math.min(maxBytes, Math.max(needed, bytes.length * 2L)));
        }
        return true;
    }
}

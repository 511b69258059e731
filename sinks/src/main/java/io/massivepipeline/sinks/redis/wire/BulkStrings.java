package io.massivepipeline.sinks.redis.wire;

import io.netty.buffer.ByteBuf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Arguments of a command one after the other, each a bulk string of the Redis protocol: {@code $},
 * its length, a line end, its bytes, a line end. A call of thousands of arguments is one piece of
 * memory, not thousands.
 */
public final class BulkStrings {

    /** What stands around the bytes of an argument, at most. */
    private static final int AROUND = 1 + 10 + 2 + 2;

    /** Contents from this size on are not copied. */
    private static final int LARGE = 1 << 14;

    private static final int FIRST_NOT_ASCII = 0x80;
    private static final int LARGEST = Integer.MAX_VALUE - 64;

    private final List<Large> large = new ArrayList<>(0);

    private byte[] bytes;
    private int length;
    private int count;

    /** A content that belongs between the bytes before and from a place on. */
    private record Large(int at, byte[] content) {}

    /**
     * @param capacity in bytes, to begin with
     */
    public BulkStrings(int capacity) {
        bytes = new byte[capacity];
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** Adds a text in UTF-8. */
    public void add(String text) {
        int before = length;
        begin(text.length());
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character >= FIRST_NOT_ASCII) {
                length = before;
                add(text.getBytes(StandardCharsets.UTF_8));
                return;
            }
            bytes[length++] = (byte) character;
        }
        end();
    }

    /** Adds a number in decimal digits. */
    public void add(long number) {
        if (number < 0) {
            add(Long.toString(number));
            return;
        }
        begin(Decimals.length(number));
        length = Decimals.write(number, bytes, length);
        end();
    }

    /**
     * Adds bytes as they are.
     *
     * @param content does not change from now on
     */
    public void add(byte[] content) {
        if (content.length >= LARGE) {
            begin(content.length, 0);
            large.add(new Large(length, content));
        } else {
            begin(content.length);
            System.arraycopy(content, 0, bytes, length, content.length);
            length += content.length;
        }
        end();
    }

    /** Puts all of them behind what is in a buffer. */
    public void writeTo(ByteBuf buffer) {
        int from = 0;
        for (Large next : large) {
            buffer.writeBytes(bytes, from, next.at - from);
            buffer.writeBytes(next.content);
            from = next.at;
        }
        buffer.writeBytes(bytes, from, length - from);
    }

    private void begin(int size) {
        begin(size, size);
    }

    /**
     * @param room how much of it will stand in the bytes
     */
    private void begin(int size, int room) {
        reserve((long) AROUND + room);
        bytes[length++] = '$';
        length = Decimals.write(size, bytes, length);
        endLine();
    }

    private void end() {
        endLine();
        count++;
    }

    private void endLine() {
        bytes[length++] = '\r';
        bytes[length++] = '\n';
    }

    private void reserve(long more) {
        long needed = length + more;
        if (needed > bytes.length) {
            if (needed > LARGEST) {
                throw new IllegalStateException(
                        "More than 2 GB of arguments in one call: make batches smaller.");
            }
            bytes =
                    Arrays.copyOf(
                            bytes, (int) Math.min(LARGEST, Math.max(needed, 2L * bytes.length)));
        }
    }
}

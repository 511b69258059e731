package io.massivepipeline.sinks.redis;

import io.massivepipeline.sinks.redis.wire.Decimals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes entries as one flat MessagePack array of strings, {@code id, value, value, ..., id, ...},
 * which is the form that the server's script unpacks with the least work.
 */
final class PackedEntries {

    static final int HEADER = 5;
    private static final int LONGEST_ID = 41;
    private static final int LONGEST_NUMBER = 20;
    private static final int LARGEST = Integer.MAX_VALUE - 64;

    private byte[] bytes;
    private int position = HEADER;
    private int strings;

    /** A time whose digits stand in the bytes already, and where. */
    private long recentTime;

    private int recentTimeAt;
    private int recentTimeLength;

    PackedEntries(int capacity) {
        bytes = new byte[Math.max(capacity, HEADER)];
    }

    int position() {
        return position;
    }

    int capacity() {
        return bytes.length;
    }

    /** Begins anew in the same memory. */
    void clear() {
        position = HEADER;
        strings = 0;
        recentTimeLength = 0;
    }

    void id(long ms, long seq) {
        reserve(LONGEST_ID + 2L);
        int start = position + 2;
        int end = time(ms, start);
        bytes[end] = '-';
        end = Decimals.write(seq, bytes, end + 1);
        bytes[position] = (byte) 0xd9;
        bytes[position + 1] = (byte) (end - start);
        position = end;
        strings++;
    }

    /** Entries come in order of time, and often say it twice: its digits are mostly there. */
    private int time(long ms, int at) {
        if (recentTimeLength == 0 || ms != recentTime) {
            recentTime = ms;
            recentTimeAt = at;
            int end = Decimals.write(ms, bytes, at);
            recentTimeLength = end - at;
            return end;
        }
        System.arraycopy(bytes, recentTimeAt, bytes, at, recentTimeLength);
        return at + recentTimeLength;
    }

    /** Adds the decimal digits of a number, which may well be the time of the entry. */
    void value(long number) {
        reserve(LONGEST_NUMBER + 1L);
        int start = position + 1;
        if (number < 0) {
            bytes[start] = '-';
            endShort(Decimals.write(-number, bytes, start + 1));
        } else if (number == recentTime) {
            endShort(time(number, start));
        } else {
            endShort(Decimals.write(number, bytes, start));
        }
    }

    /** Adds {@code unscaled * 10^-scale} as a plain decimal; neither is negative. */
    void value(long unscaled, int scale) {
        reserve(LONGEST_NUMBER + 2L + scale);
        endShort(Decimals.write(unscaled, scale, bytes, position + 1));
    }

    /** Ends a string of less than 32 bytes, which begins behind its header. */
    private void endShort(int end) {
        bytes[position] = (byte) (0xa0 | end - position - 1);
        position = end;
        strings++;
    }

    void value(String value) {
        int length = value.length();
        reserve(length + 5L);
        int before = position;
        stringHeader(length);
        byte[] target = bytes;
        int at = position;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c >= 0x80) {
                position = before;
                byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
                value(utf8, 0, utf8.length);
                return;
            }
            target[at + i] = (byte) c;
        }
        position = at + length;
        strings++;
    }

    void value(byte[] value, int from, int length) {
        reserve(length + 5L);
        stringHeader(length);
        System.arraycopy(value, from, bytes, position, length);
        position += length;
        strings++;
    }

    /** Adds an entry of another batch as it is. */
    void copy(byte[] packed, int from, int size, int stringsOfEntry) {
        reserve(size);
        System.arraycopy(packed, from, bytes, position, size);
        position += size;
        strings += stringsOfEntry;
    }

    byte[] toBytes() {
        bytes[0] = (byte) 0xdd;
        writeInt(1, strings);
        return Arrays.copyOf(bytes, position);
    }

    private void stringHeader(int length) {
        if (length < 32) {
            bytes[position++] = (byte) (0xa0 | length);
        } else if (length < 0x100) {
            bytes[position++] = (byte) 0xd9;
            bytes[position++] = (byte) length;
        } else if (length < 0x10000) {
            bytes[position++] = (byte) 0xda;
            bytes[position++] = (byte) (length >>> 8);
            bytes[position++] = (byte) length;
        } else {
            bytes[position++] = (byte) 0xdb;
            writeInt(position, length);
            position += 4;
        }
    }

    private void writeInt(int at, int number) {
        bytes[at] = (byte) (number >>> 24);
        bytes[at + 1] = (byte) (number >>> 16);
        bytes[at + 2] = (byte) (number >>> 8);
        bytes[at + 3] = (byte) number;
    }

    private void reserve(long more) {
        long needed = position + more;
        if (needed > LARGEST) {
            throw new IllegalArgumentException("More than 2 GB in one batch of a stream.");
        }
        if (needed > bytes.length) {
            bytes =
                    Arrays.copyOf(
                            bytes, (int) Math.min(LARGEST, Math.max(needed, bytes.length * 2L)));
        }
    }
}

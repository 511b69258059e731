package io.massivepipeline.sinks.redis.wire;

import java.util.stream.LongStream;

/** Numbers as decimal digits, straight into bytes, two digits at a time. */
public final class Decimals {

    private static final int LONGEST = 19;

    private static final long[] POWERS =
            LongStream.iterate(1, power -> power * 10).limit(LONGEST).toArray();

    /** The digits of 00 to 99, one after the other. */
    private static final byte[] PAIRS = new byte[200];

    static {
        for (int i = 0; i < 100; i++) {
            PAIRS[2 * i] = (byte) ('0' + i / 10);
            PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
        }
    }

    private Decimals() {}

    /**
     * Writes an unsigned number.
     *
     * @return where it ends
     */
    public static int write(long number, byte[] bytes, int at) {
        if (number < 0) {
            long tenth = Long.divideUnsigned(number, 10);
            int end = write(tenth, bytes, at);
            bytes[end] = (byte) ('0' + (number - tenth * 10));
            return end + 1;
        }
        int end = at + length(number);
        digits(number, bytes, at, end);
        return end;
    }

    /**
     * Writes {@code unscaled * 10^-scale} without an exponent; neither is negative.
     *
     * @return where it ends
     */
    public static int write(long unscaled, int scale, byte[] bytes, int at) {
        if (scale == 0) {
            return write(unscaled, bytes, at);
        }
        // One more digit than decimals, so that there is one before the point.
        int end = at + Math.max(length(unscaled), scale + 1);
        digits(unscaled, bytes, at, end);
        int point = end - scale;
        System.arraycopy(bytes, point, bytes, point + 1, scale);
        bytes[point] = '.';
        return end + 1;
    }

    /** How many digits a number has that is not negative. */
    static int length(long number) {
        int length = 1;
        while (length < LONGEST && number >= POWERS[length]) {
            length++;
        }
        return length;
    }

    /** Fills a place with the last digits of a number, with leading zeros where it is shorter. */
    private static void digits(long number, byte[] bytes, int from, int to) {
        long rest = number;
        int i = to;
        while (i - from >= 2) {
            long hundredth = rest / 100;
            int pair = 2 * (int) (rest - hundredth * 100);
            rest = hundredth;
            bytes[--i] = PAIRS[pair + 1];
            bytes[--i] = PAIRS[pair];
        }
        if (i > from) {
            bytes[from] = (byte) ('0' + rest % 10);
        }
    }
}

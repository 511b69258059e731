package io.massivepipeline.sources.feed;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for a byte, eight at a time; every byte of the feed passes here several times. */
public final class ByteSearch {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private ByteSearch() {}

    /** The first place from {@code from} to before {@code to} with that byte, or {@code to}. */
    public static int indexOf(byte[] bytes, byte wanted, int from, int to) {
        long pattern = LOW_BITS * (wanted & 0xFF);
        int i = from;
        while (i + Long.BYTES <= to) {
            long zeroWhereEqual = (long) LONGS.get(bytes, i) ^ pattern;
            long found = zeroWhereEqual - LOW_BITS & ~zeroWhereEqual & HIGH_BITS;
            if (found != 0) {
                return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
            i += Long.BYTES;
        }
        while (i < to && bytes[i] != wanted) {
            i++;
        }
        return i;
    }

    /** The first place that holds no ASCII character but 0, or the length. */
    public static int endOfAscii(byte[] bytes) {
        int i = 0;
        while (i + Long.BYTES <= bytes.length) {
            long eight = (long) LONGS.get(bytes, i);
            if (((eight | eight - LOW_BITS) & HIGH_BITS) != 0) {
                break;
            }
            i += Long.BYTES;
        }
        while (i < bytes.length && bytes[i] > 0) {
            i++;
        }
        return i;
    }
}

package io.massivepipeline.sources.trade;

/**
 * CRC-32 (IEEE 802.3) over text that is never built: the state is an {@code int} that can be kept
 * and continued, which {@link java.util.zip.CRC32} does not offer. The part of an id that is the
 * same for all trades of a contract is so computed once, and the rest without garbage.
 */
final class Crc32 {

    /** The state before the first byte. */
    static final int START = 0xFFFFFFFF;

    private static final int[] TABLE = table();

    private Crc32() {}

    static int update(int state, char ascii) {
        return TABLE[(state ^ ascii) & 0xFF] ^ (state >>> 8);
    }

    static int update(int state, String ascii) {
        int next = state;
        for (int i = 0; i < ascii.length(); i++) {
            next = update(next, ascii.charAt(i));
        }
        return next;
    }

    /** Adds the decimal digits of a number that is not negative. */
    static int update(int state, long number) {
        return number < 10
                ? update(state, (char) ('0' + number))
                : update(update(state, number / 10), (char) ('0' + number % 10));
    }

    /** The checksum that a state stands for. */
    static int finish(int state) {
        return ~state;
    }

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int entry = i;
            for (int bit = 0; bit < 8; bit++) {
                entry = (entry >>> 1) ^ ((entry & 1) * 0xEDB88320);
            }
            table[i] = entry;
        }
        return table;
    }
}

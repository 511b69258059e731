package io.massivepipeline.sources.wire;

import io.massivepipeline.sources.feed.ByteSearch;

/**
 * Takes escaped surrogates out of a frame. They are valid JSON even alone, but Jackson refuses them
 * in names. No field that is read has any, so another character serves as well.
 */
final class Surrogates {

    private static final byte[] REPLACEMENT = {'f', 'f', 'f', 'd'};
    private static final int ESCAPE = 6;

    private Surrogates() {}

    /** The same bytes if there are none, otherwise a copy of the same length. */
    static byte[] replace(byte[] bytes, int length) {
        byte[] copy = bytes;
        int i = backslash(bytes, 0, length);
        while (i < length) {
            if (isSurrogate(bytes, i, length)) {
                copy = copy == bytes ? bytes.clone() : copy;
                System.arraycopy(REPLACEMENT, 0, copy, i + 2, REPLACEMENT.length);
            }
            // What is escaped may be a backslash itself.
            i = backslash(bytes, Math.min(i + 2, length), length);
        }
        return copy;
    }

    private static int backslash(byte[] bytes, int from, int length) {
        return ByteSearch.indexOf(bytes, (byte) '\\', from, length);
    }

    private static boolean isSurrogate(byte[] bytes, int i, int length) {
        return i + ESCAPE <= length
                && bytes[i + 1] == 'u'
                && (bytes[i + 2] | 0x20) == 'd'
                && Character.digit(bytes[i + 3], 16) >= 8
                && Character.digit(bytes[i + 4], 16) >= 0
                && Character.digit(bytes[i + 5], 16) >= 0;
    }
}

package io.massivepipeline.sources.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Where bytes stop being UTF-8. Jackson must be given nothing else: it takes overlong forms and
 * surrogates, and guesses UTF-16 where it sees a zero.
 */
final class Utf8 {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x0101010101010101L;

    private Utf8() {}

    /**
     * The length of the longest prefix that is strict UTF-8 without the character 0, which JSON
     * forbids everywhere.
     */
    static int validPrefix(byte[] bytes) {
        int ascii = asciiPrefix(bytes);
        return ascii == bytes.length ? ascii : decodablePrefix(bytes, ascii);
    }

    private static int asciiPrefix(byte[] bytes) {
        int i = 0;
        for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
            long eight = (long) LONGS.get(bytes, i);
            if (((eight | eight - LOW_BITS) & HIGH_BITS) != 0) {
                break;
            }
        }
        while (i < bytes.length && bytes[i] > 0) {
            i++;
        }
        return i;
    }

    /** Decodes in pieces, for the place of the first error alone. */
    private static int decodablePrefix(byte[] bytes, int from) {
        CharsetDecoder decoder =
                StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
        CharBuffer out = CharBuffer.allocate(1024);
        CoderResult result;
        do {
            result = decoder.decode(in, out.clear(), true);
        } while (result.isOverflow());
        int end = in.position();
        for (int i = from; i < end; i++) {
            if (bytes[i] == 0) {
                return i;
            }
        }
        return end;
    }
}

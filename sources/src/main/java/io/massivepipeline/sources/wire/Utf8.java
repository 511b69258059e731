package io.massivepipeline.sources.wire;

import io.massivepipeline.sources.feed.ByteSearch;

import java.nio.ByteBuffer;
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

    private Utf8() {}

    /**
     * The length of the longest prefix that is strict UTF-8 without the character 0, which JSON
     * forbids everywhere.
     */
    static int validPrefix(byte[] bytes) {
        int ascii = ByteSearch.endOfAscii(bytes);
        return ascii == bytes.length ? ascii : decodablePrefix(bytes, ascii);
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

package io.massivepipeline.sources.live.journal;

import io.massivepipeline.sources.feed.FeedGap;
import io.massivepipeline.sources.feed.RawFrame;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * A record: a marker by which the next one is found after damage, the length of the body and its
 * CRC-32C; then the body: kind, time, position, and what the kind needs. Big-endian.
 *
 * <table>
 *   <caption>Kinds</caption>
 *   <tr><td>1</td><td>frame: the payload</td></tr>
 *   <tr><td>2</td><td>tick while the feed was heard</td></tr>
 *   <tr><td>3</td><td>tick while it was not</td></tr>
 *   <tr><td>4</td><td>gap: from, lost frames, reason in UTF-8; its end is the time</td></tr>
 * </table>
 */
final class RecordFormat {

    static final int MARKER = 0x9E4D504A;

    /** Marker, length and checksum. */
    static final int PREFIX = 12;

    private static final byte FRAME = 1;
    private static final byte TICK = 2;
    private static final byte DEAF_TICK = 3;
    private static final byte GAP = 4;
    private static final int FIXED = 17;
    private static final int MAX_BODY = 64 << 20;

    private RecordFormat() {}

    static int size(JournalEntry entry) {
        if (entry.event() instanceof RawFrame frame) {
            return PREFIX + FIXED + frame.payload().length;
        }
        if (entry.event() instanceof FeedGap gap) {
            return PREFIX + FIXED + 16 + gap.reason().getBytes(StandardCharsets.UTF_8).length;
        }
        return PREFIX + FIXED;
    }

    /** Writes a record of {@link #size} bytes into a buffer with an array. */
    static void encode(JournalEntry entry, ByteBuffer out) {
        int start = out.position();
        out.position(start + PREFIX);
        if (entry.event() instanceof RawFrame frame) {
            fixed(FRAME, entry, out).put(frame.payload());
        } else if (entry.event() instanceof FeedGap gap) {
            fixed(GAP, entry, out).putLong(gap.from()).putLong(gap.framesLost());
            out.put(gap.reason().getBytes(StandardCharsets.UTF_8));
        } else {
            fixed(entry.heard() ? TICK : DEAF_TICK, entry, out);
        }
        int length = out.position() - start - PREFIX;
        out.putInt(start, MARKER);
        out.putInt(start + 4, length);
        out.putInt(start + 8, checksum(out, start + PREFIX, length));
    }

    private static ByteBuffer fixed(byte kind, JournalEntry entry, ByteBuffer out) {
        return out.put(kind).putLong(entry.time()).putLong(entry.position());
    }

    /** Whether a length can be one. */
    static boolean isLength(int length) {
        return length >= FIXED && length <= MAX_BODY;
    }

    static int checksum(ByteBuffer buffer, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.array(), buffer.arrayOffset() + from, length);
        return (int) crc.getValue();
    }

    /** Reads the body that stands in a buffer from an offset. */
    static JournalEntry decode(ByteBuffer buffer, int from, int length) throws IOException {
        byte kind = buffer.get(from);
        long time = buffer.getLong(from + 1);
        long position = buffer.getLong(from + 9);
        int rest = from + FIXED;
        switch (kind) {
            case FRAME -> {
                byte[] payload = new byte[length - FIXED];
                buffer.get(rest, payload);
                return JournalEntry.frame(payload, time, position);
            }
            case TICK, DEAF_TICK -> {
                return JournalEntry.tick(time, kind == TICK, position);
            }
            case GAP -> {
                byte[] reason = new byte[length - FIXED - 16];
                buffer.get(rest + 16, reason);
                return JournalEntry.gap(
                        new FeedGap(
                                buffer.getLong(rest),
                                time,
                                new String(reason, StandardCharsets.UTF_8),
                                buffer.getLong(rest + 8),
                                position));
            }
            default -> throw new IOException("journal record of the unknown kind " + kind);
        }
    }
}

package io.massivepipeline.sources.live.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * How a segment begins: magic number, version of the format, and what follows here; then their
 * CRC-32C. Big-endian.
 *
 * @param firstPosition of the first record
 * @param attempt how often the journal was opened before, so that two writers can be told apart
 * @param heardUntil when the feed was last heard before the first record, Unix milliseconds; 0 if
 *     never
 */
record SegmentHeader(long firstPosition, int attempt, long heardUntil) {

    static final int SIZE = 4 + 2 + 8 + 4 + 8 + 4;

    private static final int MAGIC = 0x4D504A4C; // MPJL
    private static final short VERSION = 1;

    ByteBuffer encoded() {
        ByteBuffer buffer = ByteBuffer.allocate(SIZE);
        buffer.putInt(MAGIC).putShort(VERSION);
        buffer.putLong(firstPosition).putInt(attempt).putLong(heardUntil);
        buffer.putInt(checksum(buffer.array()));
        return buffer.flip();
    }

    /** Reads {@link #SIZE} bytes. */
    static SegmentHeader decoded(ByteBuffer buffer) throws IOException {
        if (buffer.remaining() < SIZE || buffer.getInt(0) != MAGIC) {
            throw new IOException("no journal segment");
        }
        short version = buffer.getShort(4);
        if (version != VERSION) {
            throw new IOException("journal segment of the unknown version " + version);
        }
        byte[] bytes = new byte[SIZE];
        buffer.get(0, bytes);
        if (buffer.getInt(SIZE - 4) != checksum(bytes)) {
            throw new IOException("journal segment with a damaged header");
        }
        return new SegmentHeader(buffer.getLong(6), buffer.getInt(14), buffer.getLong(18));
    }

    private static int checksum(byte[] header) {
        CRC32C crc = new CRC32C();
        crc.update(header, 0, SIZE - 4);
        return (int) crc.getValue();
    }
}

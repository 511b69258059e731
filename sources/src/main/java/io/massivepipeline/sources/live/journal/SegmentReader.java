package io.massivepipeline.sources.live.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongSupplier;

/**
 * Reads a segment from its first record. What is damaged is passed over up to the next good record;
 * a record that is cut off is the end.
 */
final class SegmentReader implements Closeable {

    private static final int BUFFER = 256 << 10;

    private final FileChannel channel;
    private final LongSupplier limit;
    private final SegmentHeader header;
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);

    /** Where in the file the buffer's position stands. */
    private long offset;

    private long damagedFrom = -1;
    private int damages;

    /** Reads up to a size that may grow between calls. */
    SegmentReader(Path path, LongSupplier limit) throws IOException {
        this.channel = FileChannel.open(path, StandardOpenOption.READ);
        this.limit = limit;
        try {
            fill(SegmentHeader.SIZE);
            this.header = SegmentHeader.decoded(buffer);
            skip(SegmentHeader.SIZE);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Reads a file that nobody writes any more. */
    static SegmentReader complete(Path path) throws IOException {
        long size = path.toFile().length();
        return new SegmentReader(path, () -> size);
    }

    SegmentHeader header() {
        return header;
    }

    /** The next record, or null if there is none yet. */
    JournalEntry next() throws IOException {
        while (true) {
            int length = lengthOfRecord();
            if (length >= 0) {
                JournalEntry entry =
                        RecordFormat.decode(
                                buffer, buffer.position() + RecordFormat.PREFIX, length);
                skip(RecordFormat.PREFIX + length);
                if (damagedFrom >= 0) {
                    damages++;
                    damagedFrom = -1;
                }
                return entry;
            }
            if (!fill(RecordFormat.PREFIX)) {
                return null;
            }
            if (damagedFrom < 0) {
                damagedFrom = offset;
            }
            skip(1);
        }
    }

    /** The length of the good record that begins here, or -1 if none does. */
    private int lengthOfRecord() throws IOException {
        if (!fill(RecordFormat.PREFIX) || buffer.getInt(buffer.position()) != RecordFormat.MARKER) {
            return -1;
        }
        int length = buffer.getInt(buffer.position() + 4);
        if (!RecordFormat.isLength(length) || !fill(RecordFormat.PREFIX + length)) {
            return -1;
        }
        int start = buffer.position();
        int checksum = RecordFormat.checksum(buffer, start + RecordFormat.PREFIX, length);
        return checksum == buffer.getInt(start + 8) ? length : -1;
    }

    /** How far it was read, in bytes of the file. */
    long offset() {
        return offset;
    }

    /** Goes on at the begin of a record, as {@link #offset} told it. */
    void seek(long target) {
        buffer.position(buffer.limit());
        offset = target;
    }

    /** Where the good records end; what follows is cut off or damaged. */
    long goodEnd() {
        return damagedFrom >= 0 ? damagedFrom : offset;
    }

    /** How often damage was passed over. */
    int damages() {
        return damages;
    }

    private void skip(int count) {
        buffer.position(buffer.position() + count);
        offset += count;
    }

    /** Makes so many bytes stand in the buffer; false if the file does not have them. */
    private boolean fill(int count) throws IOException {
        if (buffer.remaining() >= count) {
            return true;
        }
        long available = limit.getAsLong() - offset;
        if (available < count) {
            return false;
        }
        ByteBuffer target =
                count > buffer.capacity()
                        ? ByteBuffer.allocate(count)
                        : ByteBuffer.allocate(BUFFER);
        target.put(buffer);
        target.limit((int) Math.min(target.capacity(), available));
        while (target.hasRemaining()) {
            if (channel.read(target, offset + target.position()) < 0) {
                break;
            }
        }
        buffer = target.flip();
        return buffer.remaining() >= count;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

package io.massivepipeline.sources.live.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Writes a segment, many records with one call to the operating system. */
final class SegmentWriter implements Closeable {

    private static final int BUFFER = 1 << 20;

    private final FileChannel channel;
    private final Segment segment;
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    private SegmentWriter(FileChannel channel, Segment segment) {
        this.channel = channel;
        this.segment = segment;
    }

    static SegmentWriter create(Path folder, SegmentHeader header) throws IOException {
        Path path = folder.resolve(Segment.fileName(header));
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        SegmentWriter writer =
                new SegmentWriter(channel, new Segment(path, header, header.firstPosition(), 0));
        try {
            writer.write(header.encoded(), header.firstPosition());
            return writer;
        } catch (IOException e) {
            writer.channel.close();
            // On a full disk each attempt would leave another empty file.
            Files.deleteIfExists(path);
            throw e;
        }
    }

    Segment segment() {
        return segment;
    }

    /** Writes entries; when it returns they survive the process. */
    void write(List<JournalEntry> entries) throws IOException {
        buffer.clear();
        for (JournalEntry entry : entries) {
            int size = RecordFormat.size(entry);
            if (size > buffer.remaining()) {
                write(buffer.flip(), entry.position());
                buffer = size > buffer.capacity() ? ByteBuffer.allocate(size) : buffer.clear();
            }
            RecordFormat.encode(entry, buffer);
        }
        write(buffer.flip(), entries.get(entries.size() - 1).position() + 1);
    }

    private void write(ByteBuffer bytes, long endPosition) throws IOException {
        long size = segment.size() + bytes.remaining();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        segment.written(endPosition, size);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

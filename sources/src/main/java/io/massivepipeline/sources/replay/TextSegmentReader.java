package io.massivepipeline.sources.replay;

import io.massivepipeline.sources.feed.FeedEvent;
import io.massivepipeline.sources.feed.FeedText;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** Reads a file of lines, plain or gzip. */
final class TextSegmentReader implements SegmentReader {

    private static final Logger LOG = LoggerFactory.getLogger(TextSegmentReader.class);

    /** A frame is far smaller; what is longer is cut, and so costs no more memory than this. */
    private static final int LINE_LIMIT = 64 << 20;

    private final Path file;
    private final CountingInputStream raw;
    private final LineReader lines;
    private long position;

    TextSegmentReader(Path file, long offset, long position) throws IOException {
        this.file = file;
        this.position = position;
        this.raw = new CountingInputStream(Files.newInputStream(file));
        try {
            this.lines = new LineReader(content(offset), offset, LINE_LIMIT);
        } catch (IOException | RuntimeException unreadable) {
            raw.close();
            throw unreadable;
        }
    }

    private InputStream content(long offset) throws IOException {
        try {
            InputStream content = GzipText.open(raw);
            content.skipNBytes(offset);
            return content;
        } catch (EOFException | ZipException broken) {
            return new BrokenInputStream(broken);
        }
    }

    @Override
    public FeedEvent next() throws IOException {
        while (lines.next()) {
            FeedEvent event =
                    FeedText.read(lines.buffer(), lines.lineStart(), lines.lineEnd(), position);
            if (event != null) {
                position++;
                return event;
            }
        }
        if (lines.brokenBy() != null) {
            LOG.warn(
                    "{} breaks off after {} bytes of text ({} bytes of the file): {}. What could be"
                            + " read was replayed",
                    file,
                    lines.offset(),
                    raw.count(),
                    lines.brokenBy().getMessage());
        }
        return null;
    }

    /** Whether there is nothing at all in it. */
    boolean isEmpty() throws IOException {
        return !lines.next() && lines.brokenBy() == null;
    }

    @Override
    public long offset() {
        return lines.offset();
    }

    @Override
    public long fileBytesRead() {
        return raw.count();
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }

    /** Content of which not even the begin can be unpacked. */
    private static final class BrokenInputStream extends InputStream {

        private final IOException reason;

        private BrokenInputStream(IOException reason) {
            this.reason = reason;
        }

        @Override
        public int read() throws IOException {
            throw reason;
        }
    }
}

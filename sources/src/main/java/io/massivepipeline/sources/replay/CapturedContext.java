package io.massivepipeline.sources.replay;

import io.massivepipeline.sources.feed.ContextLine;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads captured context: a file, plain or gzip, of lines {@code <polled_at_ms><TAB><answer>} by
 * their times. A line without a time cannot be put anywhere: it is said and left out.
 */
final class CapturedContext implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(CapturedContext.class);

    /** A chain of 20 000 contracts has 6 MB. */
    private static final int LINE_LIMIT = 64 << 20;

    private static final int MAX_DIGITS = 18;
    private static final int MAX_WARNINGS = 10;

    private final Path file;
    private final InputStream raw;
    private final LineReader lines;
    private ContextLine head;
    private long headEnd;
    private long offset;
    private boolean ended;
    private int unstamped;

    private CapturedContext(Path file, InputStream raw, LineReader lines, long offset) {
        this.file = file;
        this.raw = raw;
        this.lines = lines;
        this.offset = offset;
    }

    /**
     * Opens it behind what has been handed on.
     *
     * @param offset bytes of its content, unpacked
     */
    static CapturedContext open(Path file, long offset) throws IOException {
        InputStream raw = Files.newInputStream(file);
        try {
            InputStream content = GzipText.open(raw);
            content.skipNBytes(offset);
            return new CapturedContext(
                    file, raw, new LineReader(content, offset, LINE_LIMIT), offset);
        } catch (IOException | RuntimeException unreadable) {
            raw.close();
            throw unreadable;
        }
    }

    /**
     * Finds out where the source is built whether there is anything to be read.
     *
     * @throws FeedException if there is not
     */
    static void check(Path file) {
        if (!Files.exists(file)) {
            throw new FeedException("There is no captured context " + file);
        }
        if (!Files.isRegularFile(file)) {
            throw new FeedException("The captured context " + file + " is no file");
        }
        try (CapturedContext context = open(file, 0)) {
            if (context.peek() == null) {
                throw new FeedException(
                        "The captured context "
                                + file
                                + (context.lines.offset() == 0
                                        ? " is empty"
                                        : " has no line with a time"));
            }
        } catch (IOException unreadable) {
            throw new FeedException(
                    "The captured context " + file + " cannot be read: " + unreadable, unreadable);
        }
    }

    /** The next line, which stays the next one until it is taken; null at the end. */
    ContextLine peek() throws IOException {
        while (head == null && !ended) {
            if (lines.next()) {
                head = line(lines.buffer(), lines.lineStart(), lines.lineEnd());
                headEnd = lines.offset();
            } else {
                end();
            }
        }
        return head;
    }

    private void end() {
        ended = true;
        if (lines.brokenBy() != null) {
            LOG.warn(
                    "{} breaks off after {} bytes of text: {}. What could be read was replayed",
                    file,
                    lines.offset(),
                    lines.brokenBy().getMessage());
        }
    }

    /** The next line is handed on. */
    void take() {
        head = null;
        offset = headEnd;
    }

    /** Behind the last line that was taken, in bytes of content. */
    long offset() {
        return offset;
    }

    private ContextLine line(byte[] buffer, int from, int to) {
        int end = to > from && buffer[to - 1] == '\r' ? to - 1 : to;
        if (from == end) {
            return null;
        }
        long at = 0;
        int i = from;
        while (i < end && i - from < MAX_DIGITS && buffer[i] >= '0' && buffer[i] <= '9') {
            at = at * 10 + (buffer[i] - '0');
            i++;
        }
        if (i == from || i == end || buffer[i] != '\t') {
            warn(lines.offset());
            return null;
        }
        return new ContextLine(at, Arrays.copyOfRange(buffer, i + 1, end));
    }

    private void warn(long end) {
        if (++unstamped <= MAX_WARNINGS) {
            LOG.warn("{}: the line that ends at byte {} has no time; left out", file, end);
        }
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}

package io.massivepipeline.sources.replay;

import io.massivepipeline.sources.feed.ByteSearch;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.ZipException;

/**
 * Splits a stream at line feeds, and at nothing else. A line longer than the limit is cut there: as
 * a frame it is then one that was cut off.
 */
final class LineReader {

    private static final int USUAL_SIZE = 1 << 17;

    private final InputStream in;
    private final int limit;
    private byte[] buffer = new byte[USUAL_SIZE];

    /** What was read and not yet handed out. */
    private int start;

    private int end;

    private int lineStart;
    private int lineEnd;
    private long offset;
    private IOException brokenBy;

    /**
     * @param offset of the stream's first byte
     * @param limit how many bytes of a line are kept at most
     */
    LineReader(InputStream in, long offset, int limit) {
        this.in = in;
        this.offset = offset;
        this.limit = limit;
    }

    /** Reads the next line, of which {@link #buffer()} then holds the place; false at the end. */
    boolean next() throws IOException {
        int searched = start;
        while (true) {
            int lineFeed = ByteSearch.indexOf(buffer, (byte) '\n', searched, end);
            if (lineFeed < end) {
                take(Math.min(lineFeed, start + limit), lineFeed + 1);
                return true;
            }
            if (end - start > limit) {
                offset += end - start - limit;
                end = start + limit;
            }
            int unread = end - start;
            if (!fill()) {
                take(end, end);
                return unread > 0;
            }
            searched = start + unread;
        }
    }

    private void take(int to, int next) {
        lineStart = start;
        lineEnd = to;
        offset += next - start;
        start = next;
    }

    /** Reads more behind what is there; false if there is no more. */
    private boolean fill() throws IOException {
        if (start > 0) {
            int unread = end - start;
            boolean shrink = buffer.length > USUAL_SIZE && unread < USUAL_SIZE;
            byte[] target = shrink ? new byte[USUAL_SIZE] : buffer;
            System.arraycopy(buffer, start, target, 0, unread);
            buffer = target;
            start = 0;
            end = unread;
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(2 * buffer.length, limit + USUAL_SIZE));
        }
        int count = read(buffer, end, buffer.length - end);
        if (count <= 0) {
            return false;
        }
        end += count;
        return true;
    }

    private int read(byte[] into, int from, int length) throws IOException {
        if (brokenBy != null) {
            return -1;
        }
        try {
            return in.read(into, from, length);
        } catch (EOFException | ZipException broken) {
            brokenBy = broken;
            return -1;
        }
    }

    byte[] buffer() {
        return buffer;
    }

    int lineStart() {
        return lineStart;
    }

    int lineEnd() {
        return lineEnd;
    }

    /** How many bytes the lines so far had, their line feeds included. */
    long offset() {
        return offset;
    }

    /** Why the stream ended before its end, or null if it did not. */
    IOException brokenBy() {
        return brokenBy;
    }
}

package io.massivepipeline.sources.capture;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Writes the feed as it comes into a file of text, as it can be replayed: {@code
 * <received_ms><TAB><frame>}, with an empty frame for a tick. What the file holds already is kept.
 *
 * <p>A capture is never worth the feed: if it cannot be written it ends, and says so.
 */
public final class Capture implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Capture.class);
    private static final int BUFFER = 256 << 10;

    private final Path file;
    private OutputStream out;

    private Capture(Path file, OutputStream out) {
        this.file = file;
        this.out = out;
    }

    /** Opens a file, packed if its name ends in {@code .gz}; null is no capture. */
    public static Capture open(String file) {
        if (file == null) {
            return new Capture(null, null);
        }
        try {
            return open(Path.of(file));
        } catch (IOException e) {
            LOG.error("There is no capture, {} cannot be written: {}", file, e.toString());
            return new Capture(null, null);
        }
    }

    private static Capture open(Path path) throws IOException {
        if (path.toAbsolutePath().getParent() != null) {
            Files.createDirectories(path.toAbsolutePath().getParent());
        }
        OutputStream raw = CaptureEnd.append(path);
        OutputStream packed = path.toString().endsWith(".gz") ? new FastGzip(raw) : raw;
        return new Capture(path, new BufferedOutputStream(packed, BUFFER));
    }

    public void frame(byte[] payload, long receivedAt) {
        write(receivedAt, payload);
    }

    /** An answer about context, a line as frames are. */
    public void answer(byte[] payload, long polledAt) {
        write(polledAt, payload);
    }

    public void tick(long at) {
        write(at, new byte[0]);
    }

    private void write(long time, byte[] payload) {
        if (out == null) {
            return;
        }
        try {
            out.write(Long.toString(time).getBytes(StandardCharsets.US_ASCII));
            out.write('\t');
            out.write(oneLine(payload));
            out.write('\n');
        } catch (IOException e) {
            failed(e);
        }
    }

    /**
     * A line break inside a frame is white space between tokens, or a fault; so is its stand-in.
     */
    private static byte[] oneLine(byte[] payload) {
        byte[] line = payload;
        for (int i = 0; i < payload.length; i++) {
            if (payload[i] == '\n') {
                line = line == payload ? payload.clone() : line;
                line[i] = '\r';
            }
        }
        return line;
    }

    /** Puts what was written on the disk, as far as it can be unpacked without an end. */
    public void flush() {
        if (out == null) {
            return;
        }
        try {
            out.flush();
        } catch (IOException e) {
            failed(e);
        }
    }

    private void failed(IOException e) {
        LOG.error("The capture {} ends here, it cannot be written: {}", file, e.toString());
        try {
            out.close();
        } catch (IOException again) {
            LOG.debug("{} was not closed well", file, again);
        }
        out = null;
    }

    @Override
    public void close() {
        if (out == null) {
            return;
        }
        try {
            out.close();
            CaptureEnd.reached(file);
        } catch (IOException e) {
            LOG.error("The capture {} lacks its end: {}", file, e.toString());
        }
        out = null;
    }

    /** Costs the receiving thread little, and can be read up to the last flush. */
    private static final class FastGzip extends GZIPOutputStream {

        FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER, true);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}

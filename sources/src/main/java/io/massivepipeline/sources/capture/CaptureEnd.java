package io.massivepipeline.sources.capture;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/**
 * Opens a capture to go on behind what a run before wrote. If that was killed the last line may be
 * cut off, and a gzip file lacks its end, behind which nothing could be read: both are mended. A
 * file beside the capture tells whether it is so, because to look takes minutes for a day's feed.
 */
final class CaptureEnd {

    private static final Logger LOG = LoggerFactory.getLogger(CaptureEnd.class);
    private static final int BUFFER = 256 << 10;

    private CaptureEnd() {}

    static OutputStream append(Path file) throws IOException {
        Path unfinished = unfinished(file);
        if (Files.exists(unfinished) && Files.exists(file) && Files.size(file) > 0) {
            if (file.toString().endsWith(".gz")) {
                mendPacked(file);
            } else {
                mendPlain(file);
            }
        }
        Files.writeString(unfinished, "");
        return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** The capture was closed well. */
    static void reached(Path file) throws IOException {
        Files.deleteIfExists(unfinished(file));
    }

    private static Path unfinished(Path file) {
        return file.resolveSibling(file.getFileName() + ".unfinished");
    }

    private static void mendPlain(Path file) throws IOException {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            long end = content.length();
            while (end > 0) {
                content.seek(end - 1);
                if (content.read() == '\n') {
                    break;
                }
                end--;
            }
            content.setLength(end);
        }
    }

    private static void mendPacked(Path file) throws IOException {
        Path mended = file.resolveSibling(file.getFileName() + ".mended");
        if (isWhole(file)) {
            return;
        }
        LOG.info("{} was left without its end: mending it", file);
        try (InputStream in = unpacked(file);
                OutputStream out =
                        new BufferedOutputStream(
                                new GZIPOutputStream(Files.newOutputStream(mended), BUFFER),
                                BUFFER)) {
            copyLines(in, out);
        }
        Files.move(mended, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isWhole(Path file) throws IOException {
        try (InputStream in = unpacked(file)) {
            in.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (EOFException | ZipException e) {
            LOG.debug("{} breaks off", file, e);
            return false;
        }
    }

    private static InputStream unpacked(Path file) throws IOException {
        return new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file)), BUFFER);
    }

    /** Copies whole lines, as far as they can be unpacked. */
    private static void copyLines(InputStream in, OutputStream out) throws IOException {
        byte[] line = new byte[BUFFER];
        int length = 0;
        try {
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (length == line.length) {
                    line = Arrays.copyOf(line, 2 * length);
                }
                line[length++] = (byte) c;
                if (c == '\n') {
                    out.write(line, 0, length);
                    length = 0;
                }
            }
        } catch (EOFException | ZipException e) {
            LOG.info("The capture was cut off there: {}", e.getMessage());
        }
    }
}

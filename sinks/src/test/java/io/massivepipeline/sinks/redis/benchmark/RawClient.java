package io.massivepipeline.sinks.redis.benchmark;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * What a Redis can take: {@code XADD} after {@code XADD} on one connection, at most some thousand
 * unanswered, replies counted and not looked at. No batches, no retries, no order to keep.
 */
final class RawClient {

    private static final int WINDOW = 4_096;
    private static final int BUFFER = 1 << 16;

    private RawClient() {}

    /**
     * Writes the entries, {@code run} neighbours to one stream, and returns the seconds it took.
     */
    static double write(String host, int port, int streams, int run, long entries)
            throws IOException {
        try (Socket socket = new Socket(host, port)) {
            socket.setTcpNoDelay(true);
            Semaphore window = new Semaphore(WINDOW);
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
            InputStream in = socket.getInputStream();
            long start = System.nanoTime();
            CompletableFuture<Void> replies =
                    CompletableFuture.runAsync(() -> count(in, entries, window));
            for (long number = 0; number < entries; number++) {
                if (!window.tryAcquire()) {
                    out.flush();
                    window.acquireUninterruptibly();
                }
                xadd(out, Entries.key((int) (number / run % streams)), number);
            }
            out.flush();
            replies.join();
            return (System.nanoTime() - start) / 1e9;
        }
    }

    private static void xadd(OutputStream out, String key, long number) throws IOException {
        String[] values = Entries.values(number);
        StringBuilder command = new StringBuilder(400).append('*').append(3 + 2 * values.length);
        command.append("\r\n");
        bulk(command, "XADD");
        bulk(command, key);
        bulk(command, Entries.ms(number) + "-" + Entries.seq(number));
        for (int i = 0; i < values.length; i++) {
            bulk(command, Entries.FIELDS[i]);
            bulk(command, values[i]);
        }
        out.write(command.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void bulk(StringBuilder command, String text) {
        command.append('$').append(text.length()).append("\r\n").append(text).append("\r\n");
    }

    /** A reply is a length and an id, each ended by a new line; an error is one line. */
    private static void count(InputStream in, long entries, Semaphore window) {
        byte[] buffer = new byte[BUFFER];
        long lines = 0;
        try {
            while (lines < 2 * entries) {
                int read = in.read(buffer);
                if (read < 0) {
                    throw new IOException("Redis hung up.");
                }
                long before = lines / 2;
                for (int i = 0; i < read; i++) {
                    if (buffer[i] == '\n') {
                        lines++;
                    } else if (buffer[i] == '-' && i > 0 && buffer[i - 1] == '\n') {
                        throw new IOException("Redis refuses an entry.");
                    }
                }
                window.release((int) (lines / 2 - before));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.massivepipeline.sources.live;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Asks a live feed to end before its job is stopped: it then closes the connection with a close
 * frame and hands on all that it has received. A file in the journal's folder, because the one who
 * asks may be another process and knows nothing else of the feed. The feed begins again only with
 * its job.
 *
 * <pre>{@code
 * StopFile stop = StopFile.in(journalFolder);
 * stop.request();
 * boolean drained = stop.awaitDrained(Duration.ofSeconds(10));
 * // then stop the job with a savepoint
 * }</pre>
 */
public final class StopFile {

    private static final Logger LOG = LoggerFactory.getLogger(StopFile.class);
    private static final long LOOK_MS = 50;

    private final Path file;

    private StopFile(Path file) {
        this.file = file;
    }

    /** Of the feed whose journal lies in a folder. */
    public static StopFile in(String journalFolder) {
        return new StopFile(Path.of(journalFolder).resolve("stop"));
    }

    /** Asks the feed to end. */
    public void request() throws IOException {
        Files.writeString(file, "");
    }

    /**
     * Waits until the feed has handed on all that it received.
     *
     * @return whether it did in time
     */
    public boolean awaitDrained(Duration timeout) throws InterruptedException {
        long until = System.nanoTime() + timeout.toNanos();
        while (exists()) {
            if (System.nanoTime() > until) {
                return false;
            }
            Thread.sleep(LOOK_MS);
        }
        return true;
    }

    boolean exists() {
        return Files.exists(file);
    }

    void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} cannot be removed: {}", file, e.toString());
        }
    }
}

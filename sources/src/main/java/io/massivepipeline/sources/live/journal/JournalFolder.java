package io.massivepipeline.sources.live.journal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The folder of a journal: who may write it, which segments it has, and what is covered. */
final class JournalFolder implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(JournalFolder.class);

    private static final Duration RETRY = Duration.ofMillis(100);

    private final Path path;
    private final FileChannel lock;

    private JournalFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Takes a folder for oneself, waiting a while for another to leave it: a failed attempt of the
     * same job may still be closing it.
     *
     * @throws JournalLockedException if another has it
     */
    static JournalFolder lock(Path path, Duration patience) throws IOException {
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return lock(path);
            } catch (JournalLockedException e) {
                if (System.nanoTime() > until) {
                    throw e;
                }
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }

    private static JournalFolder lock(Path path) throws IOException {
        Files.createDirectories(path);
        FileChannel channel =
                FileChannel.open(
                        path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock held = channel.tryLock();
            if (held != null) {
                return new JournalFolder(path, channel);
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very process: the same as held by another.
            LOG.debug("{} is locked in this process", path, e);
        }
        channel.close();
        throw new JournalLockedException(path);
    }

    Path path() {
        return path;
    }

    /** The segments of any folder, in the order of their positions. */
    static List<Path> segments(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Segment::isSegment).sorted().toList();
        }
    }

    /** The first position that no completed checkpoint covers; 0 if it was never noted. */
    long covered() throws IOException {
        Path file = path.resolve("covered");
        if (!Files.exists(file)) {
            return 0;
        }
        String text = Files.readString(file).strip();
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            LOG.warn("{} is damaged, everything in the journal is read again", file, e);
            return 0;
        }
    }

    /** Notes up to where everything is covered. */
    void covered(long position) throws IOException {
        Path temporary = path.resolve("covered.new");
        Files.writeString(temporary, position + "\n");
        Files.move(
                temporary,
                path.resolve("covered"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}

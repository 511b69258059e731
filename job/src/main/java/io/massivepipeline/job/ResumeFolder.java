package io.massivepipeline.job;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder in which runs without a cluster leave their checkpoints and savepoints. */
final class ResumeFolder implements Closeable {

    /** What Flink writes last: a checkpoint without it was never completed. */
    private static final String COMPLETED = "_metadata";

    private final Path folder;
    private FileChannel lock;

    ResumeFolder(Path folder) {
        this.folder = folder;
    }

    /** As an address for Flink. */
    String uri() {
        return folder.toAbsolutePath().normalize().toUri().toString();
    }

    /**
     * Takes the folder for this process until it ends: two runs that go on from each other's
     * checkpoints would write both their own and the other's.
     *
     * @throws IOException if another process has it, or it cannot be made or written
     */
    void lock() throws IOException {
        Files.createDirectories(folder);
        lock =
                FileChannel.open(
                        folder.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        if (!isLocked(lock)) {
            lock.close();
            throw new IOException(
                    "it is in use by another job; give each its own resume.dir and journal.dir");
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException inThisProcess) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }

    /** The newest checkpoint or savepoint that is complete, of whatever run. */
    Optional<Path> newest() throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith(COMPLETED))
                    .max(Comparator.comparing(ResumeFolder::completedAt))
                    .map(file -> file.toAbsolutePath().normalize().getParent());
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    private static FileTime completedAt(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

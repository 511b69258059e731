package io.massivepipeline.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder in which runs without a cluster leave their checkpoints and savepoints. */
final class ResumeFolder {

    /** What Flink writes last: a checkpoint without it was never completed. */
    private static final String COMPLETED = "_metadata";

    private final Path folder;

    ResumeFolder(Path folder) {
        this.folder = folder;
    }

    /** As an address for Flink. */
    String uri() {
        return folder.toAbsolutePath().normalize().toUri().toString();
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

package io.massivepipeline.job;

import org.apache.flink.util.FileUtils;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A place for the checkpoints of a run that nothing resumes. It is gone with the run, also when
 * that is ended by a signal.
 */
final class CheckpointFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointFolder.class);

    private final Path folder;
    private final Thread hook = new Thread(this::delete, "checkpoint-folder");

    private CheckpointFolder(Path folder) {
        this.folder = folder;
    }

    static CheckpointFolder create() throws IOException {
        CheckpointFolder created =
                new CheckpointFolder(Files.createTempDirectory("massive-pipeline-"));
        Runtime.getRuntime().addShutdownHook(created.hook);
        return created;
    }

    /** As an address for Flink. */
    String uri() {
        return folder.toUri().toString();
    }

    private void delete() {
        try {
            FileUtils.deleteDirectory(folder.toFile());
        } catch (IOException inUse) {
            LOG.debug("{} is left", folder, inUse);
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            LOG.debug("The run was interrupted", shuttingDown);
            return;
        }
        delete();
    }
}

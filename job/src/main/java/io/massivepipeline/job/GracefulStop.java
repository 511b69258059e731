package io.massivepipeline.job;

import io.massivepipeline.job.report.FailureLine;
import io.massivepipeline.sources.live.StopFile;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends a live run on SIGTERM or Ctrl-C: the feed says good-bye to the provider and hands on what it
 * has received, then the job stops with a savepoint, then the process exits with 0.
 *
 * <p>It is a shutdown hook, and halts the process itself: after a signal the JVM would otherwise
 * exit with the signal's number.
 */
final class GracefulStop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GracefulStop.class);

    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(8);
    private static final Duration SAVEPOINT_TIMEOUT = Duration.ofSeconds(20);
    private static final int STOPPED = 0;
    private static final int STOPPED_WITHOUT_SAVEPOINT = 1;

    private final Path journal;
    private final ResumeFolder savepoints;
    private final Thread hook = new Thread(this::onShutdown, "graceful-stop");
    private volatile JobClient job;

    /** Begins to listen for signals. */
    GracefulStop(Path journal, ResumeFolder savepoints) {
        this.journal = journal;
        this.savepoints = savepoints;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** From now on there is a job to stop. */
    void watch(JobClient running) {
        job = running;
    }

    private void onShutdown() {
        int code = STOPPED;
        if (job != null) {
            code = stop() ? STOPPED : STOPPED_WITHOUT_SAVEPOINT;
        }
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(code);
    }

    private boolean stop() {
        try {
            drain();
            String savepoint =
                    job.stopWithSavepoint(false, savepoints.uri(), SavepointFormatType.NATIVE)
                            .get(SAVEPOINT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            LOG.info("Stopped with {}", savepoint);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return notStopped("interrupted");
        } catch (TimeoutException tooSlow) {
            return notStopped("not done in " + SAVEPOINT_TIMEOUT.toSeconds() + " s");
        } catch (IOException | ExecutionException | RuntimeException failure) {
            return notStopped(FailureLine.of(failure));
        }
    }

    private static boolean notStopped(String reason) {
        LOG.warn(
                "Stopped without a savepoint ({}): the next run goes on from the last checkpoint"
                        + " and finds what came since in the journal",
                reason);
        return false;
    }

    private void drain() throws IOException, InterruptedException {
        if (!Files.isDirectory(journal)) {
            return;
        }
        StopFile stopFile = StopFile.in(journal.toString());
        stopFile.request();
        if (!stopFile.awaitDrained(DRAIN_TIMEOUT)) {
            LOG.warn("Some received frames are not read yet; they stay in the journal");
        }
    }

    /** Listens no longer: the job has ended by itself. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            LOG.debug("The job ended because it was stopped", shuttingDown);
        }
    }
}

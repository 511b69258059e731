package io.massivepipeline.job;

import io.massivepipeline.job.report.FailureLine;
import io.massivepipeline.sources.live.StopFile;

import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobCancellationException;
import org.apache.flink.util.ExceptionUtils;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends a live run on SIGTERM or Ctrl-C: the feed says good-bye to the provider and hands on what it
 * has received, then the job stops with a savepoint, then the process exits with 0. A job that
 * cannot take a savepoint, because it is restarting or Redis is away, is cancelled instead: its
 * last checkpoint and the journal hold everything that was received.
 *
 * <p>It is a shutdown hook, and halts the process itself: after a signal the JVM would otherwise
 * exit with the signal's number. All of it takes less than the 30 s after which Kubernetes kills.
 */
final class GracefulStop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GracefulStop.class);

    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(8);
    private static final Duration SAVEPOINT_TIMEOUT = Duration.ofSeconds(12);
    private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(4);
    private static final int STOPPED = 0;
    private static final int NOT_STOPPED = 1;

    private final Path journal;
    private final ResumeFolder savepoints;
    private final Thread hook = new Thread(this::onShutdown, "graceful-stop");
    private volatile JobClient job;
    private volatile boolean stopping;

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

    /** Whether a signal came: from then on the end of the job is this one's to tell. */
    boolean isStopping() {
        return stopping;
    }

    private void onShutdown() {
        stopping = true;
        int code = job == null || stop() ? STOPPED : NOT_STOPPED;
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(code);
    }

    private boolean stop() {
        try {
            JobStatus status = job.getJobStatus().get();
            if (status != JobStatus.RUNNING) {
                return cancel("the job was " + status.name().toLowerCase(Locale.ROOT));
            }
            drain();
            return stopWithSavepoint() || cancel("it was not done in time");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return notStopped("interrupted");
        } catch (ExecutionException | RuntimeException failure) {
            return cancel(FailureLine.of(failure));
        }
    }

    private boolean stopWithSavepoint() throws InterruptedException, ExecutionException {
        try {
            String savepoint =
                    job.stopWithSavepoint(false, savepoints.uri(), SavepointFormatType.NATIVE)
                            .get(SAVEPOINT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            LOG.info("Stopped with {}", savepoint);
            return true;
        } catch (TimeoutException tooSlow) {
            LOG.debug("The savepoint takes too long", tooSlow);
            return false;
        }
    }

    /** Ends the job where it stands, which closes connection and journal in good order. */
    private boolean cancel(String whyNoSavepoint) {
        try {
            job.cancel().get(CANCEL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            job.getJobExecutionResult().get(CANCEL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return notStopped("interrupted");
        } catch (TimeoutException tooSlow) {
            return notStopped("not cancelled in " + CANCEL_TIMEOUT.toSeconds() + " s");
        } catch (ExecutionException | RuntimeException ended) {
            if (ExceptionUtils.findThrowable(ended, JobCancellationException.class).isEmpty()) {
                return notStopped(FailureLine.of(ended));
            }
        }
        LOG.warn(
                "Stopped without a savepoint, {}. Nothing is lost: the next run goes on from the"
                        + " last checkpoint and finds in the journal what was received since",
                whyNoSavepoint);
        return true;
    }

    private static boolean notStopped(String reason) {
        LOG.error(
                "Ended, not stopped: {}. The next run goes on from the last checkpoint, as after a"
                        + " crash",
                reason);
        return false;
    }

    /** Lets the feed end first, so that the savepoint finds nothing on its way. */
    private void drain() throws InterruptedException {
        if (!Files.isDirectory(journal)) {
            return;
        }
        try {
            StopFile stopFile = StopFile.in(journal.toString());
            stopFile.request();
            if (!stopFile.awaitDrained(DRAIN_TIMEOUT)) {
                LOG.warn("Some received frames are not read yet; they stay in the journal");
            }
        } catch (IOException unwritable) {
            LOG.warn("The feed cannot be asked to end first: {}", unwritable.toString());
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

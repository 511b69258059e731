package io.massivepipeline.job;

import io.massivepipeline.job.options.LiveFeedSettings;
import io.massivepipeline.job.options.PipelineSettings;
import io.massivepipeline.job.options.UsageException;
import io.massivepipeline.job.report.FailureLine;
import io.massivepipeline.sinks.redis.RedisConnectionFactory;
import io.massivepipeline.sinks.redis.connection.RedisConnection;
import io.massivepipeline.sources.live.journal.Journal;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.lettuce.core.codec.StringCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * A live run in this process: goes on where the newest checkpoint of its folder stands, until it
 * fails for good or is asked to end.
 */
final class StandaloneLive {

    private static final Logger LOG = LoggerFactory.getLogger(StandaloneLive.class);

    private final PipelineSettings settings;
    private final LiveFeedSettings live;
    private final ResumeFolder folder;

    StandaloneLive(PipelineSettings settings) {
        this.settings = settings;
        this.live = settings.live().orElseThrow();
        this.folder = new ResumeFolder(live.resume().folder());
    }

    /**
     * Runs the job until it ends.
     *
     * @param given what the user set, which wins
     * @throws UsageException if there is no API key
     * @throws RunFailedException with one line that says why
     */
    void execute(StreamExecutionEnvironment env, Configuration given) throws IOException {
        requireApiKey();
        try (folder) {
            requireFolders();
            requireRedis();
            env.configure(state(given));
            LOG.info("{} into {}", live.socket().url(), settings.redis().address());
            run(env);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RunFailedException("Interrupted.", interrupted);
        } catch (RunFailedException unusable) {
            throw unusable;
        } catch (ExecutionException | RuntimeException failure) {
            throw new RunFailedException(FailureLine.of(failure), failure);
        }
    }

    private void requireApiKey() {
        try {
            Feeds.apiKey(live).read();
        } catch (IOException none) {
            throw new UsageException(none.getMessage() + ".", none);
        }
    }

    /** What would otherwise fail the job over and over, is said before it begins. */
    private void requireFolders() {
        require("--resume.dir", live.resume().folder(), path -> folder.lock());
        require("--journal.dir", live.journal().folder(), Journal::requireFree);
        live.capture().ifPresent(file -> require("--capture", file, StandaloneLive::requireFile));
    }

    private static void requireFile(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
    }

    private static void require(String option, Path path, PathCheck check) {
        try {
            check.accept(path);
        } catch (IOException unusable) {
            String reason =
                    unusable instanceof FileSystemException
                            ? unusable.toString()
                            : unusable.getMessage();
            throw new RunFailedException(
                    "%s %s cannot be used: %s.".formatted(option, path, reason), unusable);
        }
    }

    /** Fails if a path cannot be used. */
    private interface PathCheck {
        void accept(Path path) throws IOException;
    }

    private void requireRedis() throws InterruptedException {
        try (RedisConnectionFactory redis = new RedisConnectionFactory(settings.redis());
                RedisConnection<String, String> connection =
                        redis.connectAtStart(StringCodec.UTF8)) {
            connection.sync().ping();
        }
    }

    /** Where to keep checkpoints, and which to go on from. */
    private Configuration state(Configuration given) throws IOException {
        Configuration state =
                new Configuration()
                        .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.uri())
                        .set(
                                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION)
                        .set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.CLAIM);
        Optional<Path> newest = live.resume().fresh() ? Optional.empty() : folder.newest();
        newest.ifPresent(
                checkpoint -> {
                    LOG.info("Going on from {}", checkpoint);
                    state.set(StateRecoveryOptions.SAVEPOINT_PATH, checkpoint.toUri().toString());
                });
        state.addAll(given);
        return state;
    }

    private void run(StreamExecutionEnvironment env)
            throws InterruptedException, ExecutionException {
        try (GracefulStop stop = new GracefulStop(live.journal().folder(), folder)) {
            JobClient job;
            try {
                job = env.executeAsync(MassivePipeline.JOB_NAME);
            } catch (InterruptedException interrupted) {
                throw interrupted;
            } catch (Exception failure) {
                throw new ExecutionException(failure);
            }
            stop.watch(job);
            awaitEnd(job, stop);
        }
    }

    private static void awaitEnd(JobClient job, GracefulStop stop)
            throws InterruptedException, ExecutionException {
        try {
            job.getJobExecutionResult().get();
        } catch (ExecutionException ended) {
            if (!stop.isStopping()) {
                throw ended;
            }
            LOG.debug("The job ended because it was stopped", ended);
        }
    }
}

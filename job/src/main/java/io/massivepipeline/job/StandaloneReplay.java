package io.massivepipeline.job;

import io.massivepipeline.job.options.PipelineSettings;
import io.massivepipeline.job.options.UsageException;
import io.massivepipeline.job.report.FailureLine;
import io.massivepipeline.job.report.ProgressReporterFactory;
import io.massivepipeline.job.report.ReplayTable;
import io.massivepipeline.job.report.ReportFile;
import io.massivepipeline.job.report.result.ReplayResult;
import io.massivepipeline.job.report.result.ResultReader;
import io.massivepipeline.job.structure.ParseProgress;
import io.massivepipeline.sinks.redis.RedisConnectionFactory;
import io.massivepipeline.sinks.redis.connection.RedisConnection;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.lettuce.core.codec.StringCodec;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * A replay in this process: says at once if Redis is not there, shows the progress on a terminal,
 * and at the end what was written.
 */
final class StandaloneReplay {

    private final PipelineSettings settings;

    StandaloneReplay(PipelineSettings settings) {
        this.settings = settings;
    }

    /**
     * Runs the job to its end.
     *
     * @param given what the user set, to see whether checkpoints have a place
     * @throws UsageException if there can be no report where it is wanted
     * @throws RunFailedException with one line that says why
     */
    void execute(StreamExecutionEnvironment env, Configuration given) throws IOException {
        Optional<ReportFile> report = settings.report().map(StandaloneReplay::reportFile);
        try (RedisConnectionFactory redis = new RedisConnectionFactory(settings.redis())) {
            try (RedisConnection<String, String> connection =
                    redis.connectAtStart(StringCodec.UTF8)) {
                connection.sync().ping();
                Duration took = runWithCheckpoints(env, given);
                ReplayResult result = new ResultReader(connection.sync()).read(took);
                tell(result, report, connection);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RunFailedException("Interrupted.", interrupted);
        } catch (RunFailedException told) {
            throw told;
        } catch (ExecutionException | RuntimeException failure) {
            throw new RunFailedException(FailureLine.of(failure), failure);
        }
    }

    private static ReportFile reportFile(Path file) {
        try {
            return ReportFile.at(file);
        } catch (IOException unusable) {
            throw new UsageException(cannotWrite(file, unusable), unusable);
        }
    }

    /** If the page can't be written, what was replayed is told all the same. */
    private void tell(
            ReplayResult result,
            Optional<ReportFile> report,
            RedisConnection<String, String> connection) {
        String address = settings.redis().address();
        try {
            if (report.isPresent()) {
                report.get().write(result, connection.sync(), address);
            }
        } catch (IOException failure) {
            System.out.print(ReplayTable.of(result, address, Optional.empty()));
            throw new RunFailedException(cannotWrite(report.get(), failure), failure);
        }
        System.out.print(ReplayTable.of(result, address, report));
    }

    private static String cannotWrite(Object file, IOException failure) {
        return "--report " + file + " can't be written: " + failure.getMessage() + ".";
    }

    private Duration runWithCheckpoints(StreamExecutionEnvironment env, Configuration given)
            throws IOException, InterruptedException, ExecutionException {
        if (given.contains(CheckpointingOptions.CHECKPOINTS_DIRECTORY)) {
            return run(env);
        }
        // Nothing resumes a replay: its checkpoints only serve restarts within it.
        try (CheckpointFolder folder = CheckpointFolder.create()) {
            env.configure(
                    new Configuration()
                            .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.uri()));
            return run(env);
        }
    }

    private Duration run(StreamExecutionEnvironment env)
            throws InterruptedException, ExecutionException {
        if (System.console() != null) {
            env.configure(ProgressReporterFactory.configuration());
        }
        JobClient job;
        try {
            job = env.executeAsync(MassivePipeline.JOB_NAME);
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Exception failure) {
            throw new ExecutionException(failure);
        }
        Object first =
                job.getJobExecutionResult()
                        .get()
                        .getAccumulatorResult(ParseProgress.FIRST_FRAME_AT);
        long end = System.currentTimeMillis();
        return Duration.ofMillis(first instanceof Long start && start <= end ? end - start : 0);
    }
}

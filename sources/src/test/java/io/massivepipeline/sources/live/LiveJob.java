package io.massivepipeline.sources.live;

import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.awaitility.Awaitility.await;

/** A job of a live source and a {@link Recorder}, on the cluster of the test. */
final class LiveJob implements AutoCloseable {

    private final JobClient client;
    private final Recorder.Tape tape;

    private LiveJob(JobClient client, Recorder.Tape tape) {
        this.client = client;
        this.tape = tape;
    }

    /**
     * Starts a job.
     *
     * @param name of its tape
     * @param checkpoints where its checkpoints are retained
     * @param resume a checkpoint or savepoint to resume from
     */
    static LiveJob start(LiveSource source, String name, Path checkpoints, Optional<String> resume)
            throws Exception {
        Configuration settings = new Configuration();
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        settings.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        settings.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        settings.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
        settings.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        resume.ifPresent(path -> settings.set(StateRecoveryOptions.SAVEPOINT_PATH, path));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(settings);
        env.setParallelism(2);
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "live")
                .uid("live")
                .map(new Recorder(name))
                .returns(source.getProducedType())
                .uid("recorder")
                .sinkTo(new DiscardingSink<>())
                .uid("sink");
        return new LiveJob(env.executeAsync(name), Recorder.tape(name));
    }

    Recorder.Tape tape() {
        return tape;
    }

    JobStatus status() throws Exception {
        return client.getJobStatus().get();
    }

    /** The newest complete checkpoint below a folder. */
    static String newestCheckpoint(Path checkpoints) throws IOException {
        try (Stream<Path> files = Files.walk(checkpoints)) {
            return files.filter(file -> file.endsWith("_metadata"))
                    .map(Path::getParent)
                    .max(Comparator.comparingInt(LiveJob::number))
                    .orElseThrow()
                    .toUri()
                    .toString();
        }
    }

    private static int number(Path checkpoint) {
        return Integer.parseInt(checkpoint.getFileName().toString().replace("chk-", ""));
    }

    String stopWithSavepoint(Path folder) throws Exception {
        return client.stopWithSavepoint(
                        false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
                .get(30, TimeUnit.SECONDS);
    }

    /** Waits for the job to fail by itself, and returns why. */
    Throwable failure() throws Exception {
        try {
            client.getJobExecutionResult().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return e.getCause();
        }
        throw new AssertionError("The job did not fail");
    }

    @Override
    public void close() throws Exception {
        tape.release();
        if (!status().isGloballyTerminalState()) {
            client.cancel().get(30, TimeUnit.SECONDS);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> status().isGloballyTerminalState());
    }
}

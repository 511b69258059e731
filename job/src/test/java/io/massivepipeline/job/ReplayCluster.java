package io.massivepipeline.job;

import io.massivepipeline.job.options.PipelineSettings;
import io.massivepipeline.job.output.RedisOutputs;
import io.massivepipeline.sources.poll.PollTime;

import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecution;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import org.awaitility.Awaitility;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The real graph on a Flink cluster in this process, whose TaskManagers can be killed. */
final class ReplayCluster implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final MiniCluster cluster;
    private final Path folder;
    private final PollTime time;
    private int killed;

    /**
     * @param folder for checkpoints and savepoints
     */
    ReplayCluster(Path folder) throws Exception {
        this(folder, PollTime.system());
    }

    /**
     * @param folder for checkpoints and savepoints
     * @param time of live jobs
     */
    ReplayCluster(Path folder, PollTime time) throws Exception {
        this.folder = folder;
        this.time = time;
        Configuration configuration = new Configuration();
        configuration.setString("heartbeat.interval", "200 ms");
        configuration.setString("heartbeat.timeout", "2 s");
        cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(4)
                                .setConfiguration(configuration)
                                .withRandomPorts()
                                .build());
        cluster.start();
    }

    /** Starts a run, of a replay unless said otherwise; options are those of the command line. */
    JobID submit(Map<String, String> options, SavepointRestoreSettings from) throws Exception {
        Map<String, String> all = new HashMap<>(options);
        all.putIfAbsent("source", "replay");
        all.putIfAbsent("execution.checkpointing.interval", "150 ms");
        all.put("execution.checkpointing.dir", folder.toUri().toString());
        all.put("restart-strategy.type", "fixed-delay");
        all.put("restart-strategy.fixed-delay.attempts", "1000");
        all.put("restart-strategy.fixed-delay.delay", "50 ms");
        Configuration given = Configuration.fromMap(all);
        PipelineSettings settings = PipelineSettings.from(given);
        StreamExecutionEnvironment env = FlinkDefaults.environment(given, !settings.isFastReplay());
        new Pipeline(settings)
                .build(
                        env,
                        Feeds.of(settings, time.clock()),
                        Polls.of(settings, time),
                        // Redis lets keys expire by its own clock.
                        new RedisOutputs(settings, Clock.systemUTC()));
        JobGraph graph = env.getStreamGraph().getJobGraph();
        graph.setSavepointRestoreSettings(from);
        cluster.submitJob(graph).get();
        return graph.getJobID();
    }

    JobID submit(Map<String, String> options) throws Exception {
        return submit(options, SavepointRestoreSettings.none());
    }

    /**
     * As a crash of the machine: whatever was not in a checkpoint is gone. Returns when the job has
     * begun again.
     */
    void killTaskManager(JobID job) throws Exception {
        int restarts = restarts(job);
        // The cluster keeps dead ones in its list: the living one stands behind them.
        cluster.terminateTaskManager(killed).get();
        killed++;
        cluster.startTaskManager();
        Awaitility.await().atMost(SOON).until(() -> restarts(job) > restarts && isRunning(job));
    }

    /** How often the job began again. */
    private int restarts(JobID job) throws Exception {
        return tasks(job).mapToInt(AccessExecution::getAttemptNumber).max().orElse(0);
    }

    private Stream<AccessExecution> tasks(JobID job) throws Exception {
        return StreamSupport.stream(
                        cluster.getExecutionGraph(job)
                                .get()
                                .getAllExecutionVertices()
                                .spliterator(),
                        false)
                .map(AccessExecutionVertex::getCurrentExecutionAttempt);
    }

    String stopWithSavepoint(JobID job) throws Exception {
        return cluster.stopWithSavepoint(
                        job, folder.toString(), false, SavepointFormatType.CANONICAL)
                .get();
    }

    /** Takes a savepoint of a job that goes on. */
    String savepoint(JobID job) throws Exception {
        return cluster.triggerSavepoint(
                        job, folder.toString(), false, SavepointFormatType.CANONICAL)
                .get();
    }

    /** Takes a savepoint and ends the job, which may have written more by then. */
    String cancelWithSavepoint(JobID job) throws Exception {
        return cluster.triggerSavepoint(job, folder.toString(), true, SavepointFormatType.CANONICAL)
                .get();
    }

    /** Ends a job where it stands. */
    void cancel(JobID job) throws Exception {
        cluster.cancelJob(job).get();
        cluster.requestJobResult(job).get();
    }

    /** Whether all its tasks are running, or have done so. */
    boolean isRunning(JobID job) throws Exception {
        return cluster.getJobStatus(job).get() == JobStatus.RUNNING
                && tasks(job)
                        .map(AccessExecution::getState)
                        .allMatch(
                                Set.of(ExecutionState.RUNNING, ExecutionState.FINISHED)::contains);
    }

    boolean isOver(JobID job) throws Exception {
        return cluster.getJobStatus(job).get().isGloballyTerminalState();
    }

    /** Waits for the end, which must be a good one. */
    void await(JobID job) throws Exception {
        cluster.requestJobResult(job)
                .get()
                .toJobExecutionResult(Thread.currentThread().getContextClassLoader());
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}

package io.massivepipeline.sinks.redis.recovery;

import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** One TaskManager in this process, and jobs on it that are stopped and restored. */
final class SinkCluster implements AutoCloseable {

    private final MiniCluster cluster;
    private final Path savepoints;

    SinkCluster(Path savepoints, Configuration configuration) throws Exception {
        this.savepoints = savepoints;
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

    JobID submit(JobGraph graph, SavepointRestoreSettings from) throws Exception {
        graph.setSavepointRestoreSettings(from);
        cluster.submitJob(graph).get();
        return graph.getJobID();
    }

    JobID submit(JobGraph graph) throws Exception {
        return submit(graph, SavepointRestoreSettings.none());
    }

    /** Lets the job run on. */
    SavepointRestoreSettings savepoint(JobID job) throws Exception {
        return SavepointRestoreSettings.forPath(
                cluster.triggerSavepoint(
                                job, savepoints.toString(), false, SavepointFormatType.CANONICAL)
                        .get());
    }

    SavepointRestoreSettings stopWithSavepoint(JobID job) throws Exception {
        return stopping(job).get();
    }

    /** Begins to stop the job. */
    CompletableFuture<SavepointRestoreSettings> stopping(JobID job) {
        return cluster.stopWithSavepoint(
                        job, savepoints.toString(), false, SavepointFormatType.CANONICAL)
                .thenApply(SavepointRestoreSettings::forPath);
    }

    /** Returns when all tasks have ended. */
    void cancel(JobID job) throws Exception {
        cluster.cancelJob(job).get();
        cluster.requestJobResult(job).get();
    }

    boolean isRunning(JobID job) throws Exception {
        return cluster.getJobStatus(job).get() == JobStatus.RUNNING;
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

package io.massivepipeline.job;

import io.massivepipeline.job.options.UsageException;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whose setting wins. */
class FlinkDefaultsTest {

    @Test
    void theJobsSettingsAreUnderThoseOfTheCluster() {
        Configuration ofTheCluster =
                Configuration.fromMap(Map.of("execution.checkpointing.interval", "5 s"));

        assertThat(FlinkDefaults.missingFrom(ofTheCluster, true).toMap())
                .doesNotContainKey("execution.checkpointing.interval")
                .containsEntry("pipeline.auto-watermark-interval", "0 ms")
                .containsEntry("restart-strategy.type", "exponential-delay");
    }

    @Test
    void whatIsGivenToTheJobWins() {
        Configuration given = Configuration.fromMap(Map.of("pipeline.object-reuse", "false"));

        StreamExecutionEnvironment env = FlinkDefaults.environment(given, true);

        assertThat(env.getConfig().isObjectReuseEnabled()).isFalse();
        assertThat(env.getBufferTimeout()).isEqualTo(5);
        assertThat(env.getCheckpointInterval()).isEqualTo(10_000);
        assertThat(env.getConfiguration().get(CheckpointingOptions.FS_WRITE_BUFFER_SIZE))
                .isEqualTo(64 * 1024);
    }

    @Test
    void buffersMayFillWhereNobodyWaitsForATrade() {
        StreamExecutionEnvironment env = FlinkDefaults.environment(new Configuration(), false);

        assertThat(env.getBufferTimeout()).isEqualTo(100);
        assertThat(env.getConfig().isObjectReuseEnabled()).isTrue();
    }

    @Test
    void whatFlinkCannotReadIsSaidInALine() {
        for (String[] bad :
                new String[][] {
                    {"parallelism.default", "x", "'parallelism.default'"},
                    {"parallelism.default", "0", "must be at least one"},
                    {"execution.checkpointing.interval", "often", "'often'"}
                }) {
            Configuration given = Configuration.fromMap(Map.of(bad[0], bad[1]));

            assertThatThrownBy(() -> FlinkDefaults.environment(given, true))
                    .isInstanceOf(UsageException.class)
                    .hasMessageStartingWith("Flink refuses an option: ")
                    .hasMessageContaining(bad[2]);
        }
    }
}

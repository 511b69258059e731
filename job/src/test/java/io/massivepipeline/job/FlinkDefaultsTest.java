package io.massivepipeline.job;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Whose setting wins. */
class FlinkDefaultsTest {

    @Test
    void theJobsSettingsAreUnderThoseOfTheCluster() {
        Configuration ofTheCluster =
                Configuration.fromMap(Map.of("execution.checkpointing.interval", "5 s"));

        assertThat(FlinkDefaults.missingFrom(ofTheCluster).toMap())
                .doesNotContainKey("execution.checkpointing.interval")
                .containsEntry("pipeline.auto-watermark-interval", "0 ms")
                .containsEntry("restart-strategy.type", "exponential-delay");
    }

    @Test
    void whatIsGivenToTheJobWins() {
        Configuration given = Configuration.fromMap(Map.of("pipeline.object-reuse", "false"));

        StreamExecutionEnvironment env = FlinkDefaults.environment(given);

        assertThat(env.getConfig().isObjectReuseEnabled()).isFalse();
        assertThat(env.getBufferTimeout()).isEqualTo(5);
        assertThat(env.getCheckpointInterval()).isEqualTo(10_000);
    }
}

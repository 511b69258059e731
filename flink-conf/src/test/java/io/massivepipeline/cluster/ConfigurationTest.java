package io.massivepipeline.cluster;

import io.massivepipeline.job.options.CommandLine;
import io.massivepipeline.job.options.PipelineSettings;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What is shipped for a cluster can be read, agrees with itself and is explained. */
class ConfigurationTest {

    private static final Path DEPLOYMENT = Path.of("kubernetes/flink-deployment.yaml");

    /** What Kubernetes settles itself, or a container has otherwise than a machine. */
    private static final List<String> NOT_IN_KUBERNETES =
            List.of(
                    "env.java.opts.all",
                    "env.java.opts.client",
                    "jobmanager.",
                    "taskmanager.bind-host",
                    "taskmanager.host",
                    "taskmanager.memory.process.size",
                    "parallelism.default",
                    "execution.checkpointing.dir",
                    "execution.checkpointing.savepoint-dir",
                    "rest.",
                    "web.",
                    "metrics.reporter.prom.port");

    private final Configuration config = GlobalConfiguration.loadConfiguration(".");

    @Test
    void keepsStateAndNoticesDeadProcessesInSeconds() {
        assertThat(config.get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
                .isLessThanOrEqualTo(Duration.ofSeconds(10));
        assertThat(config.get(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION))
                .isEqualTo(ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        assertThat(config.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY)).isNotBlank();
        assertThat(config.get(CheckpointingOptions.SAVEPOINT_DIRECTORY)).isNotBlank();
        assertThat(config.get(RestartStrategyOptions.RESTART_STRATEGY))
                .isEqualTo("exponential-delay");
        assertThat(config.get(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT))
                .isLessThanOrEqualTo(Duration.ofSeconds(10));
        assertThat(config.get(RestOptions.BIND_ADDRESS)).isEqualTo("localhost");
    }

    @Test
    void saysTheSameToKubernetes() throws IOException {
        Map<String, Object> deployed = map(map(deployment().get("spec")).get("flinkConfiguration"));
        Map<String, String> elsewhere = new HashMap<>(config.toMap());
        elsewhere.keySet().removeIf(key -> NOT_IN_KUBERNETES.stream().anyMatch(key::startsWith));

        elsewhere.forEach((key, value) -> assertThat(deployed).as(key).containsEntry(key, value));
    }

    @Test
    void givesTheJobOptionsThatItKnows() throws IOException {
        List<String> arguments =
                ((List<?>) map(map(deployment().get("spec")).get("job")).get("args"))
                        .stream().map(String::valueOf).toList();

        PipelineSettings settings =
                PipelineSettings.from(
                        CommandLine.parse(arguments.toArray(String[]::new)).options());

        assertThat(settings.live().orElseThrow().journal().folder()).isEqualTo(Path.of("/journal"));
    }

    @Test
    void everyPanelSaysWhatItShows() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(ShippedMetrics.DASHBOARD.toFile());
        for (JsonNode panel : dashboard.path("panels")) {
            if (!panel.path("type").asText().equals("row")) {
                assertThat(panel.path("description").asText()).as("%s", panel).isNotBlank();
                assertThat(panel.path("fieldConfig").path("defaults").path("unit").asText())
                        .as("%s", panel)
                        .isNotBlank();
            }
        }
        assertThat(ShippedMetrics.queries())
                .allSatisfy(query -> assertThat(ShippedMetrics.namesIn(query)).isNotEmpty());
    }

    @Test
    void theRunbookExplainsEveryAlert() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        String runbook = readme.substring(readme.indexOf("\n## Runbook\n"));
        for (Object group : (List<?>) yaml(ShippedMetrics.ALERTS).get("groups")) {
            for (Object rule : (List<?>) map(group).get("rules")) {
                assertThat(runbook).contains("`" + map(rule).get("alert") + "`");
            }
        }
    }

    private static Map<String, Object> deployment() throws IOException {
        return yaml(DEPLOYMENT);
    }

    /** The first document of a file. */
    private static Map<String, Object> yaml(Path file) throws IOException {
        Load load = new Load(LoadSettings.builder().build());
        return map(load.loadAllFromString(Files.readString(file)).iterator().next());
    }

    private static Map<String, Object> map(Object node) {
        Map<String, Object> map = new HashMap<>();
        ((Map<?, ?>) node).forEach((key, value) -> map.put(key.toString(), value));
        return map;
    }
}

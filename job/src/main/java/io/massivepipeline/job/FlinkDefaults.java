package io.massivepipeline.job;

import io.massivepipeline.job.options.UsageException;
import io.massivepipeline.job.report.FailureLine;

import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.util.HashMap;
import java.util.Map;

/**
 * Flink's settings without which the job would not be what it is, and those that suit it. What the
 * user sets wins, as an argument of the job, of {@code flink run} or in the configuration of the
 * cluster.
 */
final class FlinkDefaults {

    private static final Map<String, String> DEFAULTS =
            Map.ofEntries(
                    // Event time moves with each frame, not with a clock.
                    Map.entry("pipeline.auto-watermark-interval", "0 ms"),
                    Map.entry("pipeline.object-reuse", "true"),
                    Map.entry("pipeline.generic-types", "false"),
                    Map.entry("pipeline.auto-generate-uids", "false"),
                    Map.entry("execution.checkpointing.interval", "10 s"),
                    // Handing on Flink's 4 KB each took a third of a checkpoint's CPU time.
                    Map.entry("execution.checkpointing.write-buffer-size", "65536"),
                    Map.entry("restart-strategy.type", "exponential-delay"));

    /**
     * Where somebody waits for a trade, it must not wait for a buffer to fill: 8 ms instead of 270
     * ms at the 99th percentile.
     */
    private static final Map<String, String> PROMPT =
            Map.of("execution.buffer-timeout.interval", "5 ms");

    private FlinkDefaults() {}

    /**
     * The environment in which the program runs, with the job's settings under the cluster's, and
     * both under what was given to the job.
     *
     * @param prompt whether somebody waits for each trade
     * @throws UsageException if a value of one of Flink's options can't be read or makes no sense
     */
    static StreamExecutionEnvironment environment(Configuration given, boolean prompt) {
        StreamExecutionEnvironment env;
        try {
            env = StreamExecutionEnvironment.getExecutionEnvironment(given);
            env.configure(missingFrom(env.getConfiguration(), prompt));
        } catch (IllegalArgumentException refused) {
            throw new UsageException(
                    "Flink refuses an option: " + FailureLine.of(refused), refused);
        }
        if (env instanceof LocalStreamEnvironment
                && !given.contains(CoreOptions.DEFAULT_PARALLELISM)) {
            // One thread keeps a single Redis busy; more would want the core that it needs.
            env.setParallelism(1);
        }
        return env;
    }

    static Configuration missingFrom(ReadableConfig set, boolean prompt) {
        Configuration missing = new Configuration();
        Map<String, String> defaults = new HashMap<>(DEFAULTS);
        if (prompt) {
            defaults.putAll(PROMPT);
        }
        defaults.forEach(
                (name, value) -> {
                    if (set.getOptional(ConfigOptions.key(name).stringType().noDefaultValue())
                            .isEmpty()) {
                        missing.setString(name, value);
                    }
                });
        return missing;
    }
}

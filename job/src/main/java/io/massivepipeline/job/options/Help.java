package io.massivepipeline.job.options;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.description.Formatter;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The text of {@code --help}: every option with its default and what it is for. */
public final class Help {

    private static final int WIDTH = 100;
    private static final int INDENT = 8;

    private Help() {}

    /** All options with their defaults. */
    public static String text() {
        StringBuilder text = new StringBuilder();
        text.append("From a US options-trade feed to ordered streams and state in Redis.\n\n");
        text.append("  MASSIVE_API_KEY=... java -jar massive-pipeline.jar [--name value ...]\n");
        text.append(
                "  java -jar massive-pipeline.jar --source replay --feed FILE [--name value ...]\n");
        text.append(
                "  flink run massive-pipeline.jar --source replay --feed FILE [--name value ...]\n\n");
        text.append("Options (default in brackets):\n\n");
        entry(text, "--config FILE", "YAML file with any of these options; arguments win.");
        for (ConfigOption<?> option : PipelineOptions.ALL) {
            entry(text, "--" + option.key() + defaultOf(option), describe(option));
        }
        text.append("\nFlink's own options are taken the same way, for example")
                .append(" --parallelism.default 4 or\n")
                .append("--execution.checkpointing.interval 5s. Secrets come from MASSIVE_API_KEY,")
                .append(" REDIS_PASSWORD or files,\nnever from arguments.\n");
        return text.toString();
    }

    /** The options in force, on one line for the log at the start. None of them is a secret. */
    public static String effective(Configuration options) {
        return inForce(options).entrySet().stream()
                .map(option -> option.getKey() + "=" + option.getValue())
                .collect(Collectors.joining(", ", "Options in force: ", ""));
    }

    /** The options in force by name, in the order of the help. None of them is a secret. */
    public static Map<String, String> inForce(Configuration options) {
        Map<String, String> inForce = new LinkedHashMap<>();
        for (ConfigOption<?> option : PipelineOptions.ALL) {
            if (options.contains(option) || option.hasDefaultValue()) {
                inForce.put(option.key(), show(options.get(option)));
            }
        }
        return inForce;
    }

    private static String defaultOf(ConfigOption<?> option) {
        return option.hasDefaultValue() ? " [" + show(option.defaultValue()) + "]" : "";
    }

    static String show(Object value) {
        if (value instanceof Duration duration) {
            return TimeUtils.formatWithHighestUnit(duration);
        }
        return value instanceof Enum<?> constant ? constant.name().toLowerCase() : value.toString();
    }

    private static String describe(ConfigOption<?> option) {
        Formatter formatter = new HtmlFormatter();
        return formatter.format(option.description());
    }

    private static void entry(StringBuilder text, String head, String description) {
        text.append("  ").append(head).append('\n');
        StringBuilder line = new StringBuilder(" ".repeat(INDENT));
        for (String word : description.split(" ")) {
            if (line.length() + word.length() >= WIDTH) {
                text.append(line.toString().stripTrailing()).append('\n');
                line = new StringBuilder(" ".repeat(INDENT));
            }
            line.append(word).append(' ');
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }
}

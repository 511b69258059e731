package io.massivepipeline.job.options;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the user asked for: options from {@code --config FILE} and from arguments {@code --name
 * value}, arguments winning. Flink's own options are taken the same way.
 *
 * @param options all that was given, the job's options and Flink's
 * @param helpWanted whether {@code --help} was among the arguments
 */
public record CommandLine(Configuration options, boolean helpWanted) {

    private static final List<String> FLINK_PREFIXES =
            List.of(
                    "parallelism.",
                    "execution.",
                    "pipeline.",
                    "state.",
                    "restart-strategy.",
                    "taskmanager.",
                    "jobmanager.",
                    "rest.",
                    "metrics.",
                    "heartbeat.",
                    "cluster.");

    /**
     * Reads arguments and the file that they name.
     *
     * @throws UsageException if an option is unknown, lacks a value or can't be read
     */
    public static CommandLine parse(String... arguments) {
        Map<String, String> given = new LinkedHashMap<>();
        boolean help = false;
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("--help") || argument.equals("-h")) {
                help = true;
                continue;
            }
            if (!argument.startsWith("--")) {
                throw new UsageException(
                        "Expected an option such as --feed FILE instead of '" + argument + "'.");
            }
            int equals = argument.indexOf('=');
            String name = argument.substring(2, equals < 0 ? argument.length() : equals);
            requireKnown(name);
            if (equals >= 0) {
                given.put(name, argument.substring(equals + 1));
            } else if (i + 1 < arguments.length && !arguments[i + 1].startsWith("--")) {
                given.put(name, arguments[++i]);
            } else if (isSwitch(name)) {
                given.put(name, "true");
            } else {
                throw new UsageException("Option --" + name + " lacks its value.");
            }
        }
        Map<String, String> all = new LinkedHashMap<>();
        Optional.ofNullable(given.remove(ConfigFile.OPTION))
                .ifPresent(file -> all.putAll(ConfigFile.read(Path.of(file))));
        all.keySet().forEach(CommandLine::requireKnown);
        all.putAll(given);
        return new CommandLine(Configuration.fromMap(all), help);
    }

    private static void requireKnown(String name) {
        boolean known =
                name.equals(ConfigFile.OPTION)
                        || option(name).isPresent()
                        || FLINK_PREFIXES.stream().anyMatch(name::startsWith);
        if (!known) {
            throw new UsageException("Unknown option --" + name + "; --help lists them all.");
        }
    }

    private static boolean isSwitch(String name) {
        return option(name).map(ConfigOption::defaultValue).orElse(null) instanceof Boolean;
    }

    private static Optional<ConfigOption<?>> option(String name) {
        return PipelineOptions.ALL.stream().filter(o -> o.key().equals(name)).findFirst();
    }
}

package io.massivepipeline.job.options;

import org.apache.flink.configuration.YamlParserUtils;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The YAML file of {@code --config}: nested or dotted names, lists or comma-separated text. */
final class ConfigFile {

    static final String OPTION = "config";

    private ConfigFile() {}

    static Map<String, String> read(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new UsageException("--config: " + file + " is not a file that can be read.");
        }
        Map<String, String> flat = new LinkedHashMap<>();
        try {
            flatten("", YamlParserUtils.loadYamlFile(file.toFile()), flat);
        } catch (Exception notYaml) {
            throw new UsageException(
                    "--config: " + file + " is not a YAML file of options.", notYaml);
        }
        return flat;
    }

    private static void flatten(String prefix, Object node, Map<String, String> into) {
        if (node instanceof Map<?, ?> map) {
            map.forEach(
                    (name, value) ->
                            flatten(
                                    prefix.isEmpty() ? "" + name : prefix + "." + name,
                                    value,
                                    into));
        } else if (node instanceof Collection<?> list) {
            into.put(prefix, list.stream().map(String::valueOf).collect(Collectors.joining(",")));
        } else if (node != null) {
            into.put(prefix, String.valueOf(node));
        }
    }
}

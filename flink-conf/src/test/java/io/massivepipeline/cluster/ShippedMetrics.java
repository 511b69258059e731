package io.massivepipeline.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The metrics that documents, dashboard and alerts promise, by their names in Prometheus. */
final class ShippedMetrics {

    static final Path DASHBOARD = Path.of("monitoring/grafana-dashboard.json");
    static final Path ALERTS = Path.of("monitoring/alerts.yml");

    private static final String OPERATOR = "flink_taskmanager_job_task_operator_";
    private static final Pattern PROMETHEUS_NAME = Pattern.compile("\\bflink_[A-Za-z0-9_]+");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    private ShippedMetrics() {}

    /** All of them. */
    static Set<String> all() throws IOException {
        Set<String> names = new TreeSet<>();
        queries().forEach(query -> names.addAll(namesIn(query)));
        names.addAll(namesIn(Files.readString(ALERTS)));
        documented(Path.of("../README.md"), 2).forEach(name -> names.add(OPERATOR + name));
        documented(Path.of("../sinks/README.md"), 1)
                .forEach(name -> names.add(OPERATOR + "redis_" + name));
        return names;
    }

    /** The queries of the dashboard's panels. */
    static List<String> queries() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        return dashboard.findValuesAsText("expr");
    }

    static Set<String> namesIn(String query) {
        return PROMETHEUS_NAME
                .matcher(query)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The names in a column of the tables under "Metrics", as Prometheus writes them. */
    private static Set<String> documented(Path readme, int column) throws IOException {
        String text = Files.readString(readme);
        int start = text.indexOf("\n## Metrics\n");
        int end = text.indexOf("\n## ", start + 1);
        Set<String> names = new TreeSet<>();
        for (String line : text.substring(start, end).lines().toList()) {
            String[] cells = line.split("\\|");
            if (cells.length > column) {
                QUOTED.matcher(cells[column])
                        .results()
                        .map(quoted -> quoted.group(1))
                        .map(name -> name.replaceAll("\\.<\\w+>", "").replace('.', '_'))
                        .forEach(names::add);
            }
        }
        return names;
    }
}

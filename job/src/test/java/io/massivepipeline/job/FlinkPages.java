package io.massivepipeline.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Everything that Flink's REST API, and so its UI, shows of a cluster and its jobs. */
final class FlinkPages {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int METRICS_AT_ONCE = 50;

    private static final List<String> CLUSTER =
            List.of(
                    "/",
                    "/config",
                    "/overview",
                    "/jobs",
                    "/jobs/overview",
                    "/applications/overview",
                    "/dataset",
                    "/jobmanager/config",
                    "/jobmanager/environment",
                    "/jobmanager/log",
                    "/jobmanager/logs",
                    "/jobmanager/stdout",
                    "/jobmanager/thread-dump",
                    "/taskmanagers");
    private static final List<String> TASK_MANAGER =
            List.of("", "/log", "/logs", "/stdout", "/thread-dump");
    private static final List<String> JOB =
            List.of(
                    "",
                    "/accumulators?includeSerializedValue=true",
                    "/checkpoints",
                    "/checkpoints/config",
                    "/config",
                    "/exceptions?maxExceptions=20",
                    "/jobmanager/config",
                    "/jobmanager/environment",
                    "/plan",
                    "/resource-requirements",
                    "/status");
    private static final List<String> VERTEX =
            List.of(
                    "",
                    "/accumulators",
                    "/backpressure",
                    "/flamegraph",
                    "/subtasks/accumulators",
                    "/subtasktimes",
                    "/taskmanagers",
                    "/watermarks");

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;
    private final Map<String, String> pages = new TreeMap<>();

    private FlinkPages(URI address) {
        this.address = address;
    }

    /** The text of each page by its path. */
    static Map<String, String> of(URI address) throws IOException, InterruptedException {
        FlinkPages reader = new FlinkPages(address);
        reader.readAll();
        return reader.pages;
    }

    private void readAll() throws IOException, InterruptedException {
        readEach("", CLUSTER);
        metrics("/jobmanager");
        for (JsonNode worker : json("/taskmanagers").path("taskmanagers")) {
            String path = "/taskmanagers/" + worker.path("id").asText();
            readEach(path, TASK_MANAGER);
            metrics(path);
        }
        for (JsonNode job : json("/jobs").path("jobs")) {
            job("/jobs/" + job.path("id").asText());
        }
    }

    private void job(String path) throws IOException, InterruptedException {
        readEach(path, JOB);
        metrics(path);
        for (JsonNode checkpoint : json(path + "/checkpoints").path("history")) {
            read(path + "/checkpoints/details/" + checkpoint.path("id").asText());
        }
        for (JsonNode vertex : json(path).path("vertices")) {
            String vertexPath = path + "/vertices/" + vertex.path("id").asText();
            readEach(vertexPath, VERTEX);
            metrics(vertexPath);
            metrics(vertexPath + "/jm-operator");
            for (int i = 0; i < vertex.path("parallelism").asInt(); i++) {
                read(vertexPath + "/subtasks/" + i);
                metrics(vertexPath + "/subtasks/" + i);
            }
        }
    }

    /** Names and values of the metrics of something. */
    private void metrics(String path) throws IOException, InterruptedException {
        String page = path + (path.endsWith("operator") ? "-metrics" : "/metrics");
        List<String> names = new ArrayList<>();
        json(page).forEach(metric -> names.add(metric.path("id").asText()));
        for (int from = 0; from < names.size(); from += METRICS_AT_ONCE) {
            List<String> some = names.subList(from, Math.min(names.size(), from + METRICS_AT_ONCE));
            String encoded =
                    some.stream()
                            .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8))
                            .collect(Collectors.joining(","));
            read(page + "?get=" + encoded);
        }
    }

    private void readEach(String path, List<String> pagesOfIt)
            throws IOException, InterruptedException {
        for (String page : pagesOfIt) {
            read(path + page);
        }
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        return JSON.readTree(read(path));
    }

    private String read(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path)).build();
        String text = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        pages.put(path, text);
        return text;
    }
}

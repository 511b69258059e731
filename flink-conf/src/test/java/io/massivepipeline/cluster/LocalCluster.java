package io.massivepipeline.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The cluster of {@code local-cluster.sh}: real processes, driven as a user drives them. */
final class LocalCluster implements AutoCloseable {

    /** The variable with options for each JVM of the cluster; a long run wants none. */
    static final String JAVA_OPTIONS = "JDK_JAVA_OPTIONS";

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Pattern JOB_ID = Pattern.compile("JobID ([0-9a-f]{32})");
    private static final Pattern KILLED = Pattern.compile("(?m)^killed .* at (\\d+)$");
    private static final List<String> PROCESSES =
            List.of("jobmanager", "taskmanager-1", "taskmanager-2");

    /** Its processes are over before the better compiler has paid. */
    private static final String QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Map<String, String> environment;
    private final HttpClient http = HttpClient.newHttpClient();

    /** Its processes would outlive a test that is interrupted. */
    private final Thread end = new Thread(this::stop);

    private LocalCluster(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /**
     * Starts one with the settings of {@code config.yaml}.
     *
     * @param name in that of its folder in {@code target/clusters}, for logs, checkpoints and
     *     savepoints, which is kept
     * @param environment of the processes, for secrets
     * @param options of Flink beside those of {@code config.yaml}, {@code -Dname=value}
     */
    static LocalCluster start(String name, Map<String, String> environment, String... options)
            throws IOException, InterruptedException {
        Path clusters = Files.createDirectories(Path.of("target/clusters").toAbsolutePath());
        LocalCluster cluster =
                new LocalCluster(Files.createTempDirectory(clusters, name + "-"), environment);
        Runtime.getRuntime().addShutdownHook(cluster.end);
        try {
            cluster.run(Stream.concat(Stream.of("start"), Stream.of(options)).toList());
        } catch (AssertionError notUp) {
            cluster.close();
            throw notUp;
        }
        return cluster;
    }

    /** Submits the job; its id. */
    String submit(List<String> arguments) throws IOException, InterruptedException {
        return jobId(run(Stream.concat(Stream.of("submit"), arguments.stream()).toList()));
    }

    /** Goes on from the newest savepoint; the id of the new job. */
    String resume(String... arguments) throws IOException, InterruptedException {
        return jobId(run(Stream.concat(Stream.of("resume"), Stream.of(arguments)).toList()));
    }

    /**
     * SIGKILL to a TaskManager that works; a new one takes its place.
     *
     * @return when it was killed, in Unix milliseconds
     */
    long killTaskManager() throws IOException, InterruptedException {
        Matcher killed = KILLED.matcher(run(List.of("kill-taskmanager")));
        if (!killed.find()) {
            throw new AssertionError("Nothing was killed");
        }
        return Long.parseLong(killed.group(1));
    }

    /** Ends the job with a savepoint. */
    void stopWithSavepoint() throws IOException, InterruptedException {
        run(List.of("savepoint"));
    }

    /** {@code RUNNING}, {@code FINISHED} and so on. */
    String state(String job) throws IOException, InterruptedException {
        return JSON.readTree(rest("/jobs/" + job)).path("state").asText();
    }

    int completedCheckpoints(String job) throws IOException, InterruptedException {
        return JSON.readTree(rest("/jobs/" + job + "/checkpoints"))
                .path("counts")
                .path("completed")
                .asInt();
    }

    /** What the REST interface answers. */
    String rest(String path) throws IOException, InterruptedException {
        return get(address() + path);
    }

    /** Where logs, checkpoints and savepoints are. */
    Path folder() {
        return folder;
    }

    /** Where the REST interface is. */
    String address() throws IOException {
        return "http://localhost:" + Files.readString(folder.resolve("rest.port")).strip();
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return JSON.readTree(rest(path));
    }

    /** What Prometheus is told by all processes. */
    String metrics() throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        for (String process : PROCESSES) {
            String port = Files.readString(folder.resolve(process + ".port")).strip();
            text.append(get("http://localhost:" + port + "/metrics"));
        }
        return text.toString();
    }

    /** The ids of the processes. */
    List<Long> processes() throws IOException {
        List<Long> pids = new ArrayList<>();
        for (String process : PROCESSES) {
            pids.add(Long.parseLong(Files.readString(folder.resolve(process + ".pid")).strip()));
        }
        return pids;
    }

    /** Runs a command of the script that must succeed, and returns all that it says. */
    String run(List<String> command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("./local-cluster.sh"));
        line.addAll(command);
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put(JAVA_OPTIONS, QUICK);
        builder.environment().putAll(environment);
        builder.environment().put("CLUSTER_DIR", folder.toString());
        Process process = builder.start();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command + " takes too long: " + Files.readString(output));
        }
        String text = Files.readString(output, StandardCharsets.UTF_8);
        if (process.exitValue() != 0) {
            throw new AssertionError(command + " failed: " + text);
        }
        return text;
    }

    private static String jobId(String text) {
        Matcher id = JOB_ID.matcher(text);
        if (!id.find()) {
            throw new AssertionError("No job id: " + text);
        }
        return id.group(1);
    }

    private String get(String url) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create(url))
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private void stop() {
        try {
            run(List.of("stop"));
        } catch (IOException unable) {
            throw new UncheckedIOException(unable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(end);
        stop();
    }
}

package io.massivepipeline.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Jobs started and ended as the web UI does: the program runs in the JobManager. */
final class WebSubmission {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BOUNDARY = "----jar";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;
    private final String jar;

    /**
     * @param address of the REST interface
     * @param file the jar of the job, which is uploaded
     */
    WebSubmission(String address, Path file) throws IOException, InterruptedException {
        this.address = address;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(
                ("--"
                                + BOUNDARY
                                + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\""
                                + file.getFileName()
                                + "\"\r\nContent-Type: application/x-java-archive\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(Files.readAllBytes(file));
        body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        JsonNode answer =
                send(
                        HttpRequest.newBuilder(URI.create(address + "/jars/upload"))
                                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
        String path = answer.path("filename").asText();
        this.jar = path.substring(path.lastIndexOf('/') + 1);
    }

    /** Starts the job; its id, or why it could not be. */
    String run(List<String> arguments) throws IOException, InterruptedException {
        JsonNode answer =
                send(
                        HttpRequest.newBuilder(URI.create(address + "/jars/" + jar + "/run"))
                                .header("Content-Type", "application/json")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                JSON.writeValueAsString(
                                                        Map.of("programArgsList", arguments)))));
        return answer.has("jobid") ? answer.path("jobid").asText() : answer.toString();
    }

    void cancel(String job) throws IOException, InterruptedException {
        send(
                HttpRequest.newBuilder(URI.create(address + "/jobs/" + job + "?mode=cancel"))
                        .method("PATCH", HttpRequest.BodyPublishers.noBody()));
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return JSON.readTree(
                http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body());
    }
}

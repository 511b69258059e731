package io.massivepipeline.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The job's jar, run as a user runs it. */
final class PipelineProcess {

    private static final long PATIENCE_SECONDS = 90;

    /** As G1 and the serial collector say it, in kilobytes; the first is the youngest or all. */
    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    private final Process process;
    private final Path out;
    private final Path err;

    private PipelineProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts {@code java -jar} with these arguments. */
    static PipelineProcess start(Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        return start(List.of(), folder, environment, arguments);
    }

    /** Starts it with options for Java too, which win over those that each has. */
    static PipelineProcess start(
            List<String> javaOptions,
            Path folder,
            Map<String, String> environment,
            String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // It is over before the better compiler has paid.
        command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(javaOptions);
        command.addAll(List.of("-jar", "target/massive-pipeline.jar"));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().remove("MASSIVE_API_KEY");
        builder.environment().putAll(environment);
        return new PipelineProcess(builder.start(), out, err);
    }

    /** Waits for the exit code. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("Still running after " + PATIENCE_SECONDS + " s");
        }
        return process.exitValue();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** What Ctrl-C does. */
    void interrupt() throws IOException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
    }

    /** How much of its heap is in use when all that is not has been collected. */
    int heapInUseMb() throws IOException, InterruptedException {
        jcmd("GC.run");
        Matcher used = USED.matcher(jcmd("GC.heap_info"));
        if (!used.find()) {
            throw new IOException("There is no heap in use in what jcmd says");
        }
        return Integer.parseInt(used.group(1)) / 1024;
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        Process jcmd =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(process.pid()),
                                command)
                        .redirectErrorStream(true)
                        .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException("jcmd " + command + ": " + said);
        }
        return said;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String out() throws IOException {
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    String err() throws IOException {
        return Files.readString(err, StandardCharsets.UTF_8);
    }

    String lastErrorLine() throws IOException {
        List<String> lines = err().lines().toList();
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }
}

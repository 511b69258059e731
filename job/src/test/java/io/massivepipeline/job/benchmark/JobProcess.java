package io.massivepipeline.job.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The job's jar in a process of its own, with a heap of one gigabyte. Properties of the benchmark
 * that begin with {@code job.} are options of the job, and {@code jvm} has those of its JVM: {@code
 * -Djob.order.delay="250 ms" -Djvm="-XX:MaxGCPauseMillis=10"}.
 */
final class JobProcess implements AutoCloseable {

    private static final String OPTION = "job.";

    private final Process process;
    private final Path output;
    private final Path collections;

    private JobProcess(Process process, Path output, Path collections) {
        this.process = process;
        this.output = output;
        this.collections = collections;
    }

    /**
     * @param flags of its JVM
     */
    static JobProcess start(
            String jar, List<String> flags, Map<String, String> environment, String... options)
            throws IOException {
        Path output = Files.createTempFile("job-", ".txt");
        Path collections = Files.createTempFile("job-", ".gc");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx1g", "-Xlog:gc:file=" + collections));
        command.addAll(flags);
        Stream.of(System.getProperty("jvm", "").split(" "))
                .filter(flag -> !flag.isEmpty())
                .forEach(command::add);
        command.addAll(List.of("-jar", jar));
        command.addAll(List.of(options));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(OPTION))
                .map(name -> name.substring(OPTION.length()) + "=" + System.getProperty(name))
                .forEach(option -> command.add("--" + option));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new JobProcess(builder.start(), output, collections);
    }

    /** Waits for its end, which must be a good one. */
    void await() throws IOException, InterruptedException {
        if (process.waitFor() != 0) {
            throw new IOException("The job failed:\n" + output());
        }
    }

    /** Waits for its end for a while, and says whether it came. */
    boolean awaits(Duration atMost) throws InterruptedException {
        return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it has said so far. */
    String output() throws IOException {
        return Files.readString(output);
    }

    /** What its garbage collector has logged so far. */
    String collections() throws IOException {
        return Files.readString(collections);
    }

    /** The CPU time that it took so far. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Ends it, however. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(output);
        Files.deleteIfExists(collections);
    }
}

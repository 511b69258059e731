package io.massivepipeline.job.benchmark;

import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RespClient;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A replay in a process of its own, with what it cost. */
final class ReplayRun {

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Pattern LAST_LINE =
            Pattern.compile("replayed [0-9,]+ trades in ([0-9.]+) s");

    private final String jar;
    private final RedisServer redis;

    ReplayRun(String jar, RedisServer redis) {
        this.jar = jar;
        this.redis = redis;
    }

    /**
     * What a replay took, in seconds.
     *
     * @param seconds by the wall, the start and the end of the JVM included
     * @param toldSeconds as its last line tells, from the first frame to the last write
     * @param jobCpu of the job's process, but for the last tenth of a second
     * @param redisCpu of Redis
     */
    record Result(double seconds, double toldSeconds, double jobCpu, double redisCpu) {}

    Result replay(Path feed, String... more) throws IOException, InterruptedException {
        flush();
        double cpuBefore = redisCpu();
        List<String> options =
                new ArrayList<>(
                        List.of("--source=replay", "--feed=" + feed, "--redis.uri=" + redis.uri()));
        options.addAll(List.of(more));
        long start = System.nanoTime();
        try (JobProcess job =
                JobProcess.start(jar, List.of(), Map.of(), options.toArray(String[]::new))) {
            Duration cpu = Duration.ZERO;
            while (!job.awaits(LOOK)) {
                Duration now = job.cpu();
                // Of a process that has just ended nothing is known.
                cpu = now.compareTo(cpu) > 0 ? now : cpu;
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            job.await();
            return new Result(
                    seconds, told(job.output()), cpu.toMillis() / 1e3, redisCpu() - cpuBefore);
        }
    }

    private static double told(String output) throws IOException {
        Matcher line = LAST_LINE.matcher(output);
        if (!line.find()) {
            throw new IOException("The job did not say what it replayed:\n" + output);
        }
        return Double.parseDouble(line.group(1));
    }

    private double redisCpu() throws IOException {
        try (RespClient client = RespClient.connect(redis.host(), redis.port())) {
            double seconds = 0;
            for (String line : client.text("INFO", "cpu").split("\r?\n")) {
                if (line.startsWith("used_cpu_user:") || line.startsWith("used_cpu_sys:")) {
                    seconds += Double.parseDouble(line.substring(line.indexOf(':') + 1));
                }
            }
            return seconds;
        }
    }

    void flush() throws IOException {
        try (RespClient client = RespClient.connect(redis.host(), redis.port())) {
            client.command("FLUSHALL");
        }
    }
}

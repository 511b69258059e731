package io.massivepipeline.job.benchmark;

import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;
import io.massivepipeline.fixtures.redis.RespClient;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * How fast the job's jar replays, as a part of what Redis takes at best on this machine just before
 * and after. Warm is the time of a long replay less that of one half as long, so that the start of
 * the JVM and most of its compiling are not in it; cold is the long one as its last line tells it.
 *
 * <p>Run it by {@code mvn -Pbenchmark}; {@code -Dtrades=4000000 -Dstreams=40,10000 -Drounds=2}
 * change what is measured. It needs redis-server and redis-benchmark on the path.
 */
public final class ReplayBenchmark {

    private final String jar;
    private final RedisServer redis;
    private final RedisCeiling ceiling;

    private ReplayBenchmark(String jar, RedisServer redis) {
        this.jar = jar;
        this.redis = redis;
        this.ceiling = new RedisCeiling(redis.port());
    }

    /**
     * @param arguments the job's jar
     */
    public static void main(String... arguments) throws Exception {
        int trades = Integer.getInteger("trades", 4_000_000);
        int rounds = Integer.getInteger("rounds", 1);
        Path folder = Files.createTempDirectory("replay-benchmark-");
        Path whole = folder.resolve("whole.txt");
        Path half = folder.resolve("half.txt");
        try (RedisServer redis = RedisServers.system(RedisOptions.defaults())) {
            ReplayBenchmark benchmark = new ReplayBenchmark(arguments[0], redis);
            for (String streams : System.getProperty("streams", "40,10000").split(",")) {
                BenchmarkFeed.write(whole, trades, Integer.parseInt(streams));
                BenchmarkFeed.write(half, trades / 2, Integer.parseInt(streams));
                for (int round = 0; round < rounds; round++) {
                    benchmark.measure(whole, half, trades, streams);
                }
            }
        } finally {
            Files.deleteIfExists(whole);
            Files.deleteIfExists(half);
            Files.deleteIfExists(folder);
        }
    }

    private void measure(Path whole, Path half, int trades, String streams)
            throws IOException, InterruptedException {
        double before = ceiling();
        double halfSeconds = replay(half);
        double wholeSeconds = replay(whole);
        double after = ceiling();
        double best = (before + after) / 2;
        double warm = trades / 2 / (wholeSeconds - halfSeconds);
        double cold = trades / wholeSeconds;
        System.out.printf(
                Locale.ROOT,
                "%s streams: warm %,.0f trades/s = %.2f of the ceiling, in a fresh JVM %,.0f"
                        + " trades/s = %.2f; ceiling %,.0f before, %,.0f after%n",
                streams,
                warm,
                warm / best,
                cold,
                cold / best,
                before,
                after);
    }

    private double ceiling() throws IOException, InterruptedException {
        flush();
        double rate = ceiling.measure();
        flush();
        return rate;
    }

    private void flush() throws IOException {
        try (RespClient client = RespClient.connect(redis.host(), redis.port())) {
            client.command("FLUSHALL");
        }
    }

    /** Wall time of the whole process, the start of the JVM included. */
    private double replay(Path feed) throws IOException, InterruptedException {
        flush();
        long start = System.nanoTime();
        try (JobProcess job =
                JobProcess.start(
                        jar,
                        Map.of(),
                        "--source=replay",
                        "--feed=" + feed,
                        "--redis.uri=" + redis.uri())) {
            job.await();
            return (System.nanoTime() - start) / 1e9;
        }
    }
}

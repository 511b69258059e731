package io.massivepipeline.job.benchmark;

import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * How fast the job's jar replays, as a part of what Redis takes at best on this machine just before
 * and after. Warm is the time of a long replay less that of one half as long, so that the start of
 * the JVM and most of its compiling are not in it; cold is the long one, by the wall, start and end
 * of the JVM included, and as its last line tells it. CPU time of the job and of Redis is told as
 * well, which other users of the machine disturb less.
 *
 * <p>Run it by {@code mvn -Pbenchmark}; {@code -Dtrades=4000000 -Dstreams=40,10000
 * -Doutputs=windows,all -Drounds=5} change what is measured; the median of the rounds is told last.
 * It needs redis-server and redis-benchmark on the path.
 */
public final class ReplayBenchmark {

    /** Snapshots of the underlyings of the feed, beside trades, windows and analytics. */
    private static final String ALL_OUTPUTS = "all";

    /** Parts of the ceiling. */
    private record Ratios(double warm, double fresh, double told) {}

    private final ReplayRun run;
    private final RedisCeiling ceiling;

    private ReplayBenchmark(String jar, RedisServer redis) {
        this.run = new ReplayRun(jar, redis);
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
                for (String outputs : System.getProperty("outputs", "windows,all").split(",")) {
                    List<Ratios> all = new ArrayList<>();
                    for (int round = 0; round < rounds; round++) {
                        System.out.print(streams + " streams, outputs " + outputs + ": ");
                        all.add(benchmark.measure(whole, half, trades, outputs));
                    }
                    printMedians(all);
                }
            }
        } finally {
            Files.deleteIfExists(whole);
            Files.deleteIfExists(half);
            Files.deleteIfExists(folder);
        }
    }

    /** One round is as good as the machine was then: the other users of it come and go. */
    private static void printMedians(List<Ratios> rounds) {
        System.out.printf(
                Locale.ROOT,
                "median of %d: warm %.2f of the ceiling, fresh %.2f (its own count: %.2f)%n",
                rounds.size(),
                median(rounds, Ratios::warm),
                median(rounds, Ratios::fresh),
                median(rounds, Ratios::told));
    }

    private static double median(List<Ratios> rounds, ToDoubleFunction<Ratios> ratio) {
        double[] sorted = rounds.stream().mapToDouble(ratio).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private Ratios measure(Path whole, Path half, int trades, String outputs)
            throws IOException, InterruptedException {
        String[] options =
                outputs.equals(ALL_OUTPUTS)
                        ? new String[] {"--snapshot.underlyings=*"}
                        : new String[0];
        double before = ceiling();
        ReplayRun.Result shorter = run.replay(half, options);
        ReplayRun.Result longer = run.replay(whole, options);
        double after = ceiling();
        double best = (before + after) / 2;
        double warm = trades / 2 / (longer.seconds() - shorter.seconds());
        double cold = trades / longer.seconds();
        System.out.printf(
                Locale.ROOT,
                "warm %,.0f trades/s = %.2f of the ceiling, in a fresh JVM %,.0f trades/s = %.2f"
                        + " (its own count: %,.0f/s = %.2f); ceiling %,.0f before, %,.0f after;"
                        + " CPU warm %.2f us a trade in the job, %.2f in Redis, fresh %.2f and"
                        + " %.2f%n",
                warm,
                warm / best,
                cold,
                cold / best,
                trades / longer.toldSeconds(),
                trades / longer.toldSeconds() / best,
                before,
                after,
                (longer.jobCpu() - shorter.jobCpu()) * 1e6 / (trades / 2),
                (longer.redisCpu() - shorter.redisCpu()) * 1e6 / (trades / 2),
                longer.jobCpu() * 1e6 / trades,
                longer.redisCpu() * 1e6 / trades);
        return new Ratios(warm / best, cold / best, trades / longer.toldSeconds() / best);
    }

    private double ceiling() throws IOException, InterruptedException {
        run.flush();
        double rate = ceiling.measure();
        run.flush();
        return rate;
    }
}

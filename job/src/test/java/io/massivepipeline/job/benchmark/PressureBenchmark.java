package io.massivepipeline.job.benchmark;

import io.massivepipeline.fixtures.provider.NumberedTrades;
import io.massivepipeline.fixtures.provider.ProviderOptions;
import io.massivepipeline.fixtures.provider.StandInProvider;
import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;
import io.massivepipeline.fixtures.redis.RespClient;

import org.apache.flink.util.FileUtils;

import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What snapshots under pressure cost the trades: how long after the provider sent it a trade is
 * visible to a consumer of its stream, with snapshots of 2 000 keys that trade all the time and a
 * budget of 100 a second, and without any, in turn.
 *
 * <p>Run it by {@code mvn -Pbenchmark -Dbenchmark=pressure}; {@code -Dstreams=2000 -Drate=20000
 * -Dmax-rate=100 -Dseconds=30 -Drounds=2} are what it does if nothing is said.
 */
public final class PressureBenchmark {

    private static final String KEY = "benchmark";
    private static final int STREAMS = Integer.getInteger("streams", 2000);
    private static final int RATE = Integer.getInteger("rate", 20_000);
    private static final int MAX_RATE = Integer.getInteger("max-rate", 100);
    private static final int SECONDS = Integer.getInteger("seconds", 30);
    private static final int WARM_UP_SECONDS = 25;
    private static final int CONSUMED_STREAMS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private PressureBenchmark() {}

    /**
     * @param arguments the job's jar
     */
    public static void main(String... arguments) throws Exception {
        say(
                "%,d trades/s in %,d streams; snapshots of all of them, at most %d/s, and of none:",
                RATE, STREAMS, MAX_RATE);
        List<Histogram> with = new ArrayList<>();
        List<Histogram> without = new ArrayList<>();
        for (int round = 0; round < Integer.getInteger("rounds", 2); round++) {
            without.add(run(arguments[0], ""));
            with.add(run(arguments[0], "*"));
        }
        say(
                "from sent to visible, medians of the rounds: p50 %.1f ms with and %.1f ms without"
                        + " snapshots, p99 %.1f ms and %.1f ms",
                median(with, 50), median(without, 50), median(with, 99), median(without, 99));
    }

    private static Histogram run(String jar, String underlyings) throws Exception {
        Path folder = Files.createTempDirectory("pressure-benchmark-");
        try (RedisServer redis = RedisServers.system(RedisOptions.defaults());
                RespClient client = redis.connect();
                StandInProvider provider =
                        StandInProvider.start(ProviderOptions.withKey(KEY).withoutKeepingFrames());
                JobProcess job =
                        JobProcess.start(
                                jar,
                                Map.of("MASSIVE_API_KEY", KEY),
                                "--ws.url=" + provider.uri(),
                                "--underlyings=",
                                "--spot.symbols=",
                                "--snapshot.underlyings=" + underlyings,
                                "--snapshot.max-rate=" + MAX_RATE,
                                "--redis.uri=" + redis.uri(),
                                "--journal.dir=" + folder.resolve("journal"),
                                "--resume.dir=" + folder.resolve("state"));
                NumberedTrades trades = new NumberedTrades(provider, STREAMS, RATE)) {
            awaitFeed(provider, job);
            trades.start();
            TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
            return measure(job, client, redis, trades, underlyings.isEmpty());
        } finally {
            FileUtils.deleteDirectory(folder.toFile());
        }
    }

    private static Histogram measure(
            JobProcess job,
            RespClient client,
            RedisServer redis,
            NumberedTrades trades,
            boolean without)
            throws InterruptedException {
        List<String> consumed =
                client.texts("KEYS", "massive:trades:*").stream()
                        .sorted()
                        .limit(CONSUMED_STREAMS)
                        .toList();
        try (VisibleTrades seen = new VisibleTrades(redis, consumed, trades)) {
            seen.taken();
            long published = published(client);
            long conflated = number(client, "snapshots_conflated");
            Duration cpu = job.cpu();
            TimeUnit.SECONDS.sleep(SECONDS);
            Histogram delays = seen.taken();
            say(
                    "  %-17s p50 %6.1f ms  p99 %6.1f ms  max %6.1f ms  of %,d trades; %.1f"
                            + " snapshots/s written, %,d cuts conflated; job's CPU %.2f",
                    without ? "without snapshots" : "with snapshots",
                    millis(delays, 50),
                    millis(delays, 99),
                    delays.getMaxValue() / 1e3,
                    delays.getTotalCount(),
                    (published(client) - published) / (double) SECONDS,
                    number(client, "snapshots_conflated") - conflated,
                    job.cpu().minus(cpu).toMillis() / 1e3 / SECONDS);
            return delays;
        }
    }

    private static long published(RespClient client) {
        return number(client, "snapshots_published");
    }

    private static long number(RespClient client, String counter) {
        return Long.parseLong(client.hash("massive:ws:analytics").getOrDefault(counter, "0"));
    }

    private static void awaitFeed(StandInProvider provider, JobProcess job)
            throws IOException, InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!provider.channels().contains("T.*")) {
            if (!job.isAlive() || System.nanoTime() > until) {
                throw new IOException("The job does not subscribe:\n" + job.output());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static double median(List<Histogram> rounds, double percentile) {
        List<Double> sorted =
                rounds.stream().map(each -> millis(each, percentile)).sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static double millis(Histogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / 1e3;
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}

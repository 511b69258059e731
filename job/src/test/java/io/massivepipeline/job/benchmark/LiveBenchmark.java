package io.massivepipeline.job.benchmark;

import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;
import io.massivepipeline.fixtures.redis.RespClient;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The job's jar live: how long after the provider sent it a trade is visible to a consumer of its
 * stream, and whether that stays so at a rate that the market has in its worst minutes. Provider,
 * consumer and Redis are on the same machine and take their part of it.
 *
 * <p>Run it by {@code mvn -Pbenchmark -Dbenchmark=live}; {@code -Drate=50000 -Dseconds=60
 * -Dstreams=40} change what is measured. It needs redis-server and redis-benchmark on the path.
 */
public final class LiveBenchmark {

    private static final int LATENCY_RATE = 20_000;
    private static final int WARM_UP_SECONDS = 25;
    private static final int LATENCY_SECONDS = 30;
    private static final int LINE_SECONDS = 10;
    private static final int CONSUMED_STREAMS = 3;

    private final LiveRun run;

    private LiveBenchmark(LiveRun run) {
        this.run = run;
    }

    /**
     * @param arguments the job's jar
     */
    public static void main(String... arguments) throws Exception {
        int streams = Integer.getInteger("streams", 40);
        try (RedisServer redis = RedisServers.system(RedisOptions.defaults())) {
            double ceiling = ceiling(redis);
            try (LiveRun run =
                    new LiveRun(
                            arguments[0],
                            redis,
                            streams,
                            LATENCY_RATE,
                            "--underlyings=",
                            "--spot.symbols=",
                            "--snapshot.underlyings=SPX,NDX",
                            "--trades.max-length=10000000")) {
                new LiveBenchmark(run).measure(ceiling, streams);
            }
        }
    }

    private static double ceiling(RedisServer redis) throws IOException, InterruptedException {
        double rate = new RedisCeiling(redis.port()).measure();
        try (RespClient client = redis.connect()) {
            client.command("FLUSHALL");
        }
        return rate;
    }

    private void measure(double ceiling, int streams) throws Exception {
        int rate = Integer.getInteger("rate", 50_000);
        int seconds = Integer.getInteger("seconds", 60);
        say("%s; Redis takes %,.0f XADD/s at best", machine(), ceiling);
        run.warmUp(WARM_UP_SECONDS);
        try (VisibleTrades seen = run.consume(CONSUMED_STREAMS)) {
            say("%,d trades/s in %d streams, from sent to visible:", LATENCY_RATE, streams);
            Delays at20 = phase(seen, LATENCY_SECONDS, LATENCY_SECONDS);
            run.trades().rate(rate);
            say("%,d trades/s, %.2f of what Redis takes at best:", rate, rate / ceiling);
            Delays first = phase(seen, LINE_SECONDS, LINE_SECONDS);
            Delays last = phase(seen, seconds - LINE_SECONDS, LINE_SECONDS);
            say(
                    "p99 at %,d trades/s: order.delay + %.1f ms (at most + 25 asked); median at"
                            + " %,d trades/s: %.1f ms in the first %d s, %.1f ms in the last",
                    LATENCY_RATE,
                    at20.millis(99) - orderDelay(),
                    rate,
                    first.millis(50),
                    LINE_SECONDS,
                    last.millis(50));
            finish();
        }
        run.job().terminate();
        run.job().await();
    }

    /** Prints a line for each interval and returns what was seen in the last one. */
    private Delays phase(VisibleTrades seen, int seconds, int interval)
            throws InterruptedException {
        Delays last = null;
        seen.taken();
        for (int left = seconds; left > 0; left -= interval) {
            long sent = run.trades().sent();
            Duration cpu = run.job().cpu();
            long began = System.nanoTime();
            TimeUnit.SECONDS.sleep(Math.min(left, interval));
            double took = (System.nanoTime() - began) / 1e9;
            last = seen.taken();
            say(
                    "  sent %,9.0f/s  p50 %6.1f ms  p99 %6.1f ms  max %6.1f ms  journal behind %d"
                            + " frames  job's CPU %.2f",
                    (run.trades().sent() - sent) / took,
                    last.millis(50),
                    last.millis(99),
                    last.maxMillis(),
                    run.counter("journal_lag_frames"),
                    run.job().cpu().minus(cpu).toMillis() / 1e3 / took);
        }
        return last;
    }

    private void finish() throws IOException, InterruptedException {
        Duration took = run.finish();
        say(
                "all %,d trades stand in Redis, %d ms after the last was sent; the socket took at"
                        + " most %d ms for a frame",
                run.trades().sent(),
                took.toMillis(),
                run.provider().log().slowestNanos() / 1_000_000);
    }

    private static double orderDelay() {
        return Double.parseDouble(
                System.getProperty("job.order.delay", "100 ms").replaceAll("[^0-9.]", ""));
    }

    private static String machine() throws IOException {
        Path cpus = Path.of("/proc/cpuinfo");
        String model =
                !Files.exists(cpus)
                        ? System.getProperty("os.arch")
                        : Files.readAllLines(cpus).stream()
                                .filter(line -> line.startsWith("model name"))
                                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                                .findFirst()
                                .orElse(System.getProperty("os.arch"));
        return "%d cores, %s, Java %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        model,
                        System.getProperty("java.version"));
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}

package io.massivepipeline.job.benchmark;

import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    private static final int STREAMS = Integer.getInteger("streams", 2000);
    private static final int RATE = Integer.getInteger("rate", 20_000);
    private static final int MAX_RATE = Integer.getInteger("max-rate", 100);
    private static final int SECONDS = Integer.getInteger("seconds", 30);

    /** A live job runs for hours; by then its compilers have nothing left to do. */
    private static final int WARM_UP_SECONDS = 60;

    private static final int CONSUMED_STREAMS = 60;

    private PressureBenchmark() {}

    /**
     * @param arguments the job's jar
     */
    public static void main(String... arguments) throws Exception {
        say(
                "%,d trades/s in %,d streams; snapshots of all of them, at most %d/s, and of none:",
                RATE, STREAMS, MAX_RATE);
        List<Delays> with = new ArrayList<>();
        List<Delays> without = new ArrayList<>();
        for (int round = 0; round < Integer.getInteger("rounds", 2); round++) {
            without.add(run(arguments[0], ""));
            with.add(run(arguments[0], "*"));
        }
        say(
                "from sent to visible, medians of the rounds: p50 %.1f ms with and %.1f ms without"
                        + " snapshots, p99 %.1f ms and %.1f ms",
                Delays.median(with, 50),
                Delays.median(without, 50),
                Delays.median(with, 99),
                Delays.median(without, 99));
    }

    private static Delays run(String jar, String underlyings) throws Exception {
        try (RedisServer redis = RedisServers.system(RedisOptions.defaults());
                LiveRun run =
                        new LiveRun(
                                jar,
                                redis,
                                STREAMS,
                                RATE,
                                "--underlyings=",
                                "--spot.symbols=",
                                "--snapshot.underlyings=" + underlyings,
                                "--snapshot.max-rate=" + MAX_RATE)) {
            run.warmUp(WARM_UP_SECONDS);
            return measure(run, underlyings.isEmpty());
        }
    }

    private static Delays measure(LiveRun run, boolean without) throws InterruptedException {
        try (VisibleTrades seen = run.consume(CONSUMED_STREAMS)) {
            seen.taken();
            long published = run.counter("snapshots_published");
            long conflated = run.counter("snapshots_conflated");
            Duration cpu = run.job().cpu();
            TimeUnit.SECONDS.sleep(SECONDS);
            Delays delays = seen.taken();
            say(
                    "  %-17s p50 %6.1f ms  p99 %6.1f ms  max %6.1f ms  of %,d trades; %.1f"
                            + " snapshots/s written, %,d cuts conflated; job's CPU %.2f",
                    without ? "without snapshots" : "with snapshots",
                    delays.millis(50),
                    delays.millis(99),
                    delays.maxMillis(),
                    delays.count(),
                    (run.counter("snapshots_published") - published) / (double) SECONDS,
                    run.counter("snapshots_conflated") - conflated,
                    run.job().cpu().minus(cpu).toMillis() / 1e3 / SECONDS);
            return delays;
        }
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}

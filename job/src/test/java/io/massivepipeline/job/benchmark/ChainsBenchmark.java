package io.massivepipeline.job.benchmark;

import io.massivepipeline.fixtures.market.ListedMarket;
import io.massivepipeline.fixtures.market.Market;
import io.massivepipeline.fixtures.market.StrikeLadder;
import io.massivepipeline.fixtures.provider.rest.RestOptions;
import io.massivepipeline.fixtures.provider.rest.StandInRest;
import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What a large chain costs the trades, and the heap: how long after the provider sent it a trade is
 * visible to a consumer of its stream, while a chain of over 20 000 contracts is fetched, selected
 * and published every ten seconds, all of it, and without any, in turn.
 *
 * <p>Run it by {@code mvn -Pbenchmark -Dbenchmark=chains}; {@code -Dstreams=40 -Drate=20000
 * -Dwarm-up=120 -Dseconds=60 -Drounds=2} are what it does if nothing is said. It needs redis-server
 * on the path.
 */
public final class ChainsBenchmark {

    private static final int STREAMS = Integer.getInteger("streams", 40);
    private static final int RATE = Integer.getInteger("rate", 20_000);
    private static final int SECONDS = Integer.getInteger("seconds", 60);

    /**
     * A live job runs for hours; by then its compilers have nothing left to do. They learn from
     * what happens often, and a chain comes six times a minute.
     */
    private static final int WARM_UP_SECONDS = Integer.getInteger("warm-up", 120);

    private static final int CONSUMED_STREAMS = 3;
    private static final int INTERVAL_SECONDS = 10;
    private static final Instant START = Instant.now();

    private ChainsBenchmark() {}

    /** What was seen in a round. */
    private record Seen(Delays delays, HeapUse heap) {}

    /**
     * @param arguments the job's jar
     */
    public static void main(String... arguments) throws Exception {
        say("%,d trades/s in %d streams, without chains and with one:", RATE, STREAMS);
        List<Seen> with = new ArrayList<>();
        List<Seen> without = new ArrayList<>();
        for (int round = 0; round < Integer.getInteger("rounds", 2); round++) {
            without.add(run(arguments[0], "", ""));
            with.add(run(arguments[0], "SPX", "I:SPX,I:VIX"));
        }
        say(
                "from sent to visible, medians of the rounds: p99 %.1f ms with and %.1f ms without"
                        + " chains, %+.1f ms (at most + 10 asked); heap that collections leave: at"
                        + " most %.0f MB and %.0f MB, %+.0f MB (less than + 256 asked)",
                p99(with),
                p99(without),
                p99(with) - p99(without),
                heap(with),
                heap(without),
                heap(with) - heap(without));
    }

    private static double p99(List<Seen> rounds) {
        return Delays.median(rounds.stream().map(Seen::delays).toList(), 99);
    }

    private static double heap(List<Seen> rounds) {
        return rounds.stream().mapToDouble(each -> each.heap().left().getMax()).max().orElseThrow();
    }

    private static Seen run(String jar, String underlyings, String symbols) throws Exception {
        try (RedisServer redis = RedisServers.system(RedisOptions.defaults());
                StandInRest rest =
                        StandInRest.start(
                                RestOptions.of(LiveRun.KEY, market())
                                        .withClock(ChainsBenchmark::twoTimes)
                                        .remembering());
                LiveRun run =
                        new LiveRun(
                                jar,
                                redis,
                                STREAMS,
                                RATE,
                                "--rest.url=" + rest.uri(),
                                "--underlyings=" + underlyings,
                                "--spot.symbols=" + symbols,
                                "--chain.expirations=30",
                                "--chain.range-multiplier=20",
                                "--chain.interval=%d s".formatted(INTERVAL_SECONDS),
                                "--snapshot.underlyings=SPX,NDX")) {
            run.warmUp(WARM_UP_SECONDS);
            return measure(run, underlyings.isEmpty());
        }
    }

    private static Seen measure(LiveRun run, boolean without) throws Exception {
        try (VisibleTrades seen = run.consume(CONSUMED_STREAMS)) {
            seen.taken();
            int logged = run.job().collections().length();
            long polls = polls(run, "runs");
            Duration cpu = run.job().cpu();
            TimeUnit.SECONDS.sleep(SECONDS);
            Delays delays = seen.taken();
            HeapUse heap = HeapUse.in(run.job().collections().substring(logged));
            say(
                    "  %-14s p50 %6.1f ms  p99 %6.1f ms  max %6.1f ms  of %,d trades; %d chains of"
                            + " %,d contracts, %d ms to ask for one; job's CPU %.2f; %d pauses,"
                            + " %.0f ms in all, the longest %.0f ms; heap left %.0f to %.0f MB",
                    without ? "without chains" : "with chains",
                    delays.millis(50),
                    delays.millis(99),
                    delays.maxMillis(),
                    delays.count(),
                    polls(run, "runs") - polls,
                    polls(run, "contracts"),
                    polls(run, "latency_last_ms"),
                    run.job().cpu().minus(cpu).toMillis() / 1e3 / SECONDS,
                    heap.pauses().getCount(),
                    heap.pauses().getSum(),
                    heap.pauses().getMax(),
                    heap.left().getMin(),
                    heap.left().getMax());
            return new Seen(delays, heap);
        }
    }

    private static long polls(LiveRun run, String name) {
        return run.counter("massive:chain:analytics", name);
    }

    /** SPX has 20 000 contracts: strikes every 5 dollars up to 13 % from the money, 30 expiries. */
    private static ListedMarket market() {
        ListedMarket market = ListedMarket.of(Market.seeded(5));
        market.script()
                .price("SPX", 6878.49)
                .price("VIX", 14.1)
                .ladder("SPX", new StrikeLadder(5_000, 0.5, 5_000, 0.13));
        return market;
    }

    /**
     * The time of the market, which is one of two in turn: every chain differs from the one before,
     * and the stand-in, which is not what is measured, has to work out only two.
     */
    private static Instant twoTimes() {
        long interval = Duration.ofSeconds(INTERVAL_SECONDS).toMillis();
        long turn = Math.floorMod(System.currentTimeMillis() / interval, 2);
        return START.plusMillis(turn * interval);
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}

package io.massivepipeline.job.benchmark;

import io.massivepipeline.fixtures.market.ListedMarket;
import io.massivepipeline.fixtures.market.Market;
import io.massivepipeline.fixtures.market.StrikeLadder;
import io.massivepipeline.fixtures.provider.NumberedTrades;
import io.massivepipeline.fixtures.provider.ProviderOptions;
import io.massivepipeline.fixtures.provider.StandInProvider;
import io.massivepipeline.fixtures.provider.rest.RestOptions;
import io.massivepipeline.fixtures.provider.rest.StandInRest;
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
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The job's jar live: how long after the provider sent it a trade is visible to a consumer of its
 * stream, and whether that stays so at a rate that the market has in its worst minutes. Provider,
 * consumer and Redis are on the same machine and take their part of it.
 *
 * <p>Run it by {@code mvn -Pbenchmark -Dbenchmark=live}; {@code -Drate=50000 -Dseconds=60
 * -Dstreams=40} change what is measured, and {@code -Dchains} has a chain of 20 000 contracts
 * polled, selected and published beside it, every ten seconds, all of it. It needs redis-server and
 * redis-benchmark on the path.
 */
public final class LiveBenchmark {

    private static final String KEY = "benchmark";
    private static final boolean CHAINS = Boolean.getBoolean("chains");
    private static final int LATENCY_RATE = 20_000;
    private static final int WARM_UP_SECONDS = 25;
    private static final int LATENCY_SECONDS = 30;
    private static final int LINE_SECONDS = 10;
    private static final int CONSUMED_STREAMS = 3;
    private static final Instant START = Instant.now();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RedisServer redis;
    private final StandInProvider provider;
    private final JobProcess job;
    private final NumberedTrades trades;

    private LiveBenchmark(
            RedisServer redis, StandInProvider provider, JobProcess job, NumberedTrades trades) {
        this.redis = redis;
        this.provider = provider;
        this.job = job;
        this.trades = trades;
    }

    /**
     * @param arguments the job's jar
     */
    public static void main(String... arguments) throws Exception {
        int streams = Integer.getInteger("streams", 40);
        Path folder = Files.createTempDirectory("live-benchmark-");
        try (RedisServer redis = RedisServers.system(RedisOptions.defaults());
                StandInProvider provider =
                        StandInProvider.start(ProviderOptions.withKey(KEY).withoutKeepingFrames());
                StandInRest rest =
                        StandInRest.start(
                                RestOptions.of(KEY, market())
                                        .withClock(LiveBenchmark::twoTimes)
                                        .remembering())) {
            double ceiling = ceiling(redis);
            try (JobProcess job =
                            JobProcess.start(
                                    arguments[0],
                                    Map.of("MASSIVE_API_KEY", KEY),
                                    "--ws.url=" + provider.uri(),
                                    "--rest.url=" + rest.uri(),
                                    "--underlyings=" + (CHAINS ? "SPX" : ""),
                                    "--spot.symbols=" + (CHAINS ? "I:SPX,I:VIX" : ""),
                                    "--chain.expirations=30",
                                    "--chain.range-multiplier=20",
                                    "--snapshot.underlyings=SPX,NDX",
                                    "--redis.uri=" + redis.uri(),
                                    "--journal.dir=" + folder.resolve("journal"),
                                    "--resume.dir=" + folder.resolve("state"),
                                    "--trades.max-length=10000000");
                    NumberedTrades trades = new NumberedTrades(provider, streams, LATENCY_RATE)) {
                new LiveBenchmark(redis, provider, job, trades).measure(ceiling, streams);
            }
        } finally {
            FileUtils.deleteDirectory(folder.toFile());
        }
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
        long interval = Duration.ofSeconds(10).toMillis();
        long turn = Math.floorMod(System.currentTimeMillis() / interval, 2);
        return START.plusMillis(turn * interval);
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
        awaitFeed();
        trades.start();
        TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
        try (RespClient client = redis.connect();
                VisibleTrades seen = new VisibleTrades(redis, consumed(client), trades)) {
            say("%,d trades/s in %d streams, from sent to visible:", LATENCY_RATE, streams);
            Histogram at20 = phase(seen, client, LATENCY_SECONDS, LATENCY_SECONDS);
            trades.rate(rate);
            say("%,d trades/s, %.2f of what Redis takes at best:", rate, rate / ceiling);
            Histogram first = phase(seen, client, LINE_SECONDS, LINE_SECONDS);
            Histogram last = phase(seen, client, seconds - LINE_SECONDS, LINE_SECONDS);
            say(
                    "p99 at %,d trades/s: order.delay + %.1f ms (at most + 25 asked); median at"
                            + " %,d trades/s: %.1f ms in the first %d s, %.1f ms in the last",
                    LATENCY_RATE,
                    millis(at20, 99) - orderDelay(),
                    rate,
                    millis(first, 50),
                    LINE_SECONDS,
                    millis(last, 50));
            trades.close();
            requireAllWritten(client);
        }
        job.terminate();
        job.await();
    }

    /** Prints a line for each interval and returns what was seen in the last one. */
    private Histogram phase(VisibleTrades seen, RespClient client, int seconds, int interval)
            throws InterruptedException {
        Histogram last = null;
        seen.taken();
        for (int left = seconds; left > 0; left -= interval) {
            long sent = trades.sent();
            Duration cpu = job.cpu();
            long began = System.nanoTime();
            TimeUnit.SECONDS.sleep(Math.min(left, interval));
            double took = (System.nanoTime() - began) / 1e9;
            last = seen.taken();
            Map<String, String> totals = client.hash("massive:ws:analytics");
            say(
                    "  sent %,9.0f/s  p50 %6.1f ms  p99 %6.1f ms  max %6.1f ms  journal behind %s"
                            + " frames  job's CPU %.2f",
                    (trades.sent() - sent) / took,
                    millis(last, 50),
                    millis(last, 99),
                    last.getMaxValue() / 1e3,
                    totals.get("journal_lag_frames"),
                    job.cpu().minus(cpu).toMillis() / 1e3 / took);
        }
        return last;
    }

    private void awaitFeed() throws IOException, InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!provider.channels().contains("T.*")) {
            if (!job.isAlive() || System.nanoTime() > until) {
                throw new IOException("The job does not subscribe:\n" + job.output());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static List<String> consumed(RespClient client) {
        return client.texts("KEYS", "massive:trades:*").stream()
                .sorted()
                .limit(CONSUMED_STREAMS)
                .toList();
    }

    private void requireAllWritten(RespClient client) throws IOException, InterruptedException {
        long began = System.nanoTime();
        while (written(client) < trades.sent()) {
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new IOException(
                        "%,d of %,d trades were written".formatted(written(client), trades.sent()));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        say(
                "all %,d trades stand in Redis, %d ms after the last was sent; the socket took at"
                        + " most %d ms for a frame",
                trades.sent(),
                (System.nanoTime() - began) / 1_000_000,
                provider.log().slowestNanos() / 1_000_000);
    }

    private static long written(RespClient client) {
        return client.texts("KEYS", "massive:trades:*").stream()
                .mapToLong(stream -> client.number("XLEN", stream))
                .sum();
    }

    private static double orderDelay() {
        return Double.parseDouble(
                System.getProperty("job.order.delay", "100 ms").replaceAll("[^0-9.]", ""));
    }

    private static double millis(Histogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / 1e3;
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

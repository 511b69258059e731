package io.massivepipeline.job.benchmark;

import io.massivepipeline.fixtures.provider.NumberedTrades;
import io.massivepipeline.fixtures.provider.ProviderOptions;
import io.massivepipeline.fixtures.provider.StandInProvider;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RespClient;

import org.apache.flink.util.FileUtils;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The job's jar live, between a stand-in provider that sends numbered trades at a steady rate and a
 * Redis, all of them on this machine, where they take their part of it.
 */
final class LiveRun implements AutoCloseable {

    /** What the job shows the provider. */
    static final String KEY = "benchmark";

    /** What README has a live job started with. */
    private static final List<String> JVM_FLAGS =
            List.of("-Xms2g", "-Xmx2g", "-XX:MaxTenuringThreshold=1");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final RedisServer redis;
    private final RespClient client;
    private final StandInProvider provider;
    private final JobProcess job;
    private final NumberedTrades trades;

    /**
     * Starts the job; no trade is sent yet.
     *
     * @param streams how many underlyings and expiries the trades belong to
     * @param rate trades a second
     * @param options of the job, beside where provider, Redis and its folders are
     */
    LiveRun(String jar, RedisServer redis, int streams, int rate, String... options)
            throws IOException {
        this.redis = redis;
        folder = Files.createTempDirectory("live-run-");
        client = redis.connect();
        provider = StandInProvider.start(ProviderOptions.withKey(KEY).withoutKeepingFrames());
        trades = new NumberedTrades(provider, streams, rate);
        List<String> all = new ArrayList<>(List.of(options));
        all.add("--ws.url=" + provider.uri());
        all.add("--redis.uri=" + redis.uri());
        all.add("--journal.dir=" + folder.resolve("journal"));
        all.add("--resume.dir=" + folder.resolve("state"));
        job =
                JobProcess.start(
                        jar, JVM_FLAGS, Map.of("MASSIVE_API_KEY", KEY), all.toArray(String[]::new));
    }

    /** Has trades sent as soon as the job subscribes to them, and waits for it to be warm. */
    void warmUp(int seconds) throws IOException, InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!provider.channels().contains("T.*")) {
            if (!job.isAlive() || System.nanoTime() > until) {
                throw new IOException("The job does not subscribe:\n" + job.output());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        trades.start();
        TimeUnit.SECONDS.sleep(seconds);
    }

    /** A consumer of the first streams, so many. */
    VisibleTrades consume(int streams) {
        return new VisibleTrades(redis, streams().stream().limit(streams).toList(), trades);
    }

    private List<String> streams() {
        return client.texts("KEYS", "massive:trades:*").stream().sorted().toList();
    }

    /** What stands in the job's hash under a name, 0 if there is nothing. */
    long counter(String name) {
        return counter("massive:ws:analytics", name);
    }

    /** What stands in a hash under a name, 0 if there is nothing. */
    long counter(String hash, String name) {
        return Long.parseLong(client.hash(hash).getOrDefault(name, "0"));
    }

    /**
     * Ends the trades and waits until all that were sent are written.
     *
     * @return how long that took
     */
    Duration finish() throws IOException, InterruptedException {
        trades.close();
        long began = System.nanoTime();
        while (written() < trades.sent()) {
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new IOException(
                        "%,d of %,d trades were written".formatted(written(), trades.sent()));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private long written() {
        return streams().stream().mapToLong(stream -> client.number("XLEN", stream)).sum();
    }

    StandInProvider provider() {
        return provider;
    }

    JobProcess job() {
        return job;
    }

    NumberedTrades trades() {
        return trades;
    }

    /** Ends all of it, however it stands. */
    @Override
    public void close() throws IOException {
        trades.close();
        job.close();
        provider.close();
        client.close();
        FileUtils.deleteDirectory(folder.toFile());
    }
}

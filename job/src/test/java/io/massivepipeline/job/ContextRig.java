package io.massivepipeline.job;

import io.massivepipeline.fixtures.market.ListedMarket;
import io.massivepipeline.fixtures.provider.ProviderEvent;
import io.massivepipeline.fixtures.provider.ProviderOptions;
import io.massivepipeline.fixtures.provider.StandInProvider;
import io.massivepipeline.fixtures.provider.rest.RestOptions;
import io.massivepipeline.fixtures.provider.rest.StandInRest;
import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;
import io.massivepipeline.job.oracle.ContextContent;
import io.massivepipeline.job.oracle.RedisContent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole live job with its pollers, between both sides of the stand-in provider and a real
 * Redis, on a real Flink cluster, all by one clock.
 */
final class ContextRig implements AutoCloseable {

    private static final String KEY = "k-4b1d";

    private final Path folder;
    private final MarketTime time;
    private final RedisServer redis;
    private final ReplayCluster cluster;
    private final StandInProvider provider;
    private final StandInRest rest;
    private final ContextContent context;

    /** Starts everything but the job. */
    ContextRig(Path folder, ListedMarket market, MarketTime time) throws Exception {
        this.folder = folder;
        this.time = time;
        this.redis = RedisServers.embedded(RedisOptions.defaults());
        this.cluster = new ReplayCluster(folder.resolve("checkpoints"), time);
        this.provider =
                StandInProvider.start(ProviderOptions.withKey(KEY).withClock(time::instant));
        this.rest = StandInRest.start(RestOptions.of(KEY, market).withClock(time::instant));
        this.context = new ContextContent(redis);
    }

    RedisServer redis() {
        return redis;
    }

    ReplayCluster cluster() {
        return cluster;
    }

    StandInProvider provider() {
        return provider;
    }

    StandInRest rest() {
        return rest;
    }

    ContextContent context() {
        return context;
    }

    RedisContent content() {
        return new RedisContent(redis);
    }

    /**
     * Options of the job, to which those of a test come.
     *
     * @param underlyings that have chains, separated by commas
     * @param expirations how many of the first expiries are selected
     */
    Map<String, String> options(String underlyings, int expirations) throws IOException {
        Map<String, String> options = new HashMap<>();
        options.put("source", "live");
        options.put("ws.url", provider.uri());
        options.put("rest.url", rest.uri());
        options.put("underlyings", underlyings);
        options.put("chain.expirations", Integer.toString(expirations));
        options.put("journal.dir", folder.resolve("journal").toString());
        options.put(
                "massive.api-key-file", Files.writeString(folder.resolve("key"), KEY).toString());
        options.put("redis.uri", redis.uri());
        options.put("parallelism.default", "2");
        return options;
    }

    /**
     * A figure of how a poller fares, 0 before it says anything.
     *
     * @param kind {@code spot} or {@code chain}
     */
    long statistic(String kind, String name) {
        return Long.parseLong(
                context.hash("massive:" + kind + ":analytics").getOrDefault(name, "0"));
    }

    /** Publishes, in one frame, a trade now of each of some contracts. */
    void publish(String... tickers) {
        Instant now = time.instant();
        provider.publish(Arrays.stream(tickers).map(ticker -> trade(ticker, now)).toList());
    }

    private static ProviderEvent trade(String ticker, Instant at) {
        return new ProviderEvent(
                "T",
                ticker,
                "{\"ev\":\"T\",\"sym\":\"%s\",\"x\":302,\"p\":7.7,\"s\":1,\"c\":[209],\"t\":%d}"
                        .formatted(ticker, at.toEpochMilli()));
    }

    /** The bodies of all entries in streams of trades. */
    List<Map<String, String>> trades() {
        return content().streams().values().stream()
                .flatMap(List::stream)
                .map(entry -> entry.getBody())
                .toList();
    }

    @Override
    public void close() throws Exception {
        context.close();
        cluster.close();
        rest.close();
        provider.close();
        redis.close();
    }
}

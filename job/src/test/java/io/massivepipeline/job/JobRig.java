package io.massivepipeline.job;

import io.massivepipeline.fixtures.market.ListedMarket;
import io.massivepipeline.fixtures.provider.ProviderOptions;
import io.massivepipeline.fixtures.provider.StandInProvider;
import io.massivepipeline.fixtures.provider.rest.RestOptions;
import io.massivepipeline.fixtures.provider.rest.StandInRest;
import io.massivepipeline.fixtures.redis.RedisOptions;
import io.massivepipeline.fixtures.redis.RedisServer;
import io.massivepipeline.fixtures.redis.RedisServers;
import io.massivepipeline.job.oracle.RedisContent;
import io.massivepipeline.sources.poll.PollTime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What a live job stands between: both sides of the stand-in provider and a real Redis, and a real
 * Flink cluster for it to run on, all by one clock.
 */
class JobRig implements AutoCloseable {

    static final String KEY = "k-4b1d";

    private final Path folder;
    private final RedisServer redis;
    private final ReplayCluster cluster;
    private final StandInProvider provider;
    private final StandInRest rest;
    private final RedisContent content;

    /** Starts everything but the job. */
    JobRig(Path folder, ListedMarket market, PollTime time, ProviderOptions options)
            throws Exception {
        this.folder = folder;
        this.redis = RedisServers.embedded(RedisOptions.defaults());
        this.cluster = new ReplayCluster(folder.resolve("checkpoints"), time);
        this.provider = StandInProvider.start(options.withClock(time.clock()));
        this.rest = StandInRest.start(RestOptions.of(KEY, market).withClock(time.clock()));
        this.content = new RedisContent(redis);
    }

    final RedisServer redis() {
        return redis;
    }

    final ReplayCluster cluster() {
        return cluster;
    }

    final StandInProvider provider() {
        return provider;
    }

    final StandInRest rest() {
        return rest;
    }

    final RedisContent content() {
        return content;
    }

    /** Options of a live job in between, to which those of a test come. */
    final Map<String, String> options() throws IOException {
        Map<String, String> options = new HashMap<>();
        options.put("source", "live");
        options.put("ws.url", provider.uri());
        options.put("rest.url", rest.uri());
        options.put("journal.dir", folder.resolve("journal").toString());
        options.put(
                "massive.api-key-file", Files.writeString(folder.resolve("key"), KEY).toString());
        options.put("redis.uri", redis.uri());
        options.put("parallelism.default", "2");
        // Of what is known of thousands of trades a second, each checkpoint writes all.
        options.put("execution.checkpointing.interval", "500 ms");
        return options;
    }

    @Override
    public void close() throws Exception {
        provider.close();
        cluster.close();
        rest.close();
        redis.close();
    }
}

package io.massivepipeline.sinks.redis.connection;

import io.massivepipeline.sinks.redis.RedisConnectionConfig;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The client's threads and whatever is connected through them. */
public final class RedisNetwork implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisNetwork.class);

    private static final long CLOSE_TIMEOUT_MS = 5000;

    /** How long a thread of the client must have had nothing to do before it ends. */
    private static final long QUIET_MS = 100;

    private final ClientResources resources;
    private final AbstractRedisClient client;
    private final ConnectionWatch watch;

    /** Whether the caller was interrupted while a connection was being made, which goes on. */
    private volatile boolean abandoned;

    public RedisNetwork(RedisConnectionConfig config, List<RedisURI> uris) {
        QuietLogging.install();
        resources =
                DefaultClientResources.builder()
                        .ioThreadPoolSize(2)
                        .computationThreadPoolSize(2)
                        .reconnectDelay(
                                Delay.equalJitter(
                                        Duration.ofMillis(20),
                                        Duration.ofSeconds(1),
                                        10,
                                        TimeUnit.MILLISECONDS))
                        .build();
        if (config.cluster()) {
            RedisClusterClient cluster = RedisClusterClient.create(resources, uris);
            cluster.setOptions(RedisClientOptions.cluster(config));
            client = cluster;
        } else {
            RedisClient single = RedisClient.create(resources, uris.get(0));
            single.setOptions(RedisClientOptions.single(config));
            client = single;
        }
        watch = new ConnectionWatch(resources);
        client.addListener(watch);
    }

    public <K, V> RedisConnection<K, V> connect(RedisCodec<K, V> codec) {
        return attempt(
                () ->
                        client instanceof RedisClusterClient cluster
                                ? RedisConnection.of(cluster.connect(codec), watch)
                                : RedisConnection.of(((RedisClient) client).connect(codec), watch));
    }

    public StatefulRedisPubSubConnection<String, String> connectPubSub() {
        return attempt(
                () ->
                        client instanceof RedisClusterClient cluster
                                ? cluster.connectPubSub()
                                : ((RedisClient) client).connectPubSub());
    }

    private <T> T attempt(Supplier<T> connect) {
        try {
            return connect.get();
        } catch (RedisException e) {
            abandoned |= Thread.currentThread().isInterrupted();
            throw e;
        }
    }

    /**
     * Ends all threads, whatever state the connections are in and also if the caller has been
     * interrupted: a task that is stopped must neither fail for it nor leave threads behind.
     *
     * <p>A thread that ends at once leaves open what it has just connected for somebody who no
     * longer waits for it. Then, and only then, threads linger: a job has a dozen sinks, which are
     * closed one after another.
     */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        long quietMs = abandoned ? QUIET_MS : 0;
        try {
            watch.stop();
            client.shutdown(quietMs, CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (RedisException e) {
            LOG.debug("The connections are not closed in good order.", e);
        } finally {
            resources
                    .shutdown(quietMs, CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                    .awaitUninterruptibly(CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

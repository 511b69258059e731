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

/** The client's threads and whatever is connected through them. */
public final class RedisNetwork implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisNetwork.class);

    private static final long CLOSE_TIMEOUT_SECONDS = 5;

    private final ClientResources resources;
    private final AbstractRedisClient client;
    private final ConnectionWatch watch;

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
        return client instanceof RedisClusterClient cluster
                ? RedisConnection.of(cluster.connect(codec), watch)
                : RedisConnection.of(((RedisClient) client).connect(codec), watch);
    }

    public StatefulRedisPubSubConnection<String, String> connectPubSub() {
        return client instanceof RedisClusterClient cluster
                ? cluster.connectPubSub()
                : ((RedisClient) client).connectPubSub();
    }

    /**
     * Ends all threads, whatever state the connections are in and also if the caller has been
     * interrupted: a task that is stopped must neither fail for it nor leave threads behind.
     */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            watch.stop();
            client.shutdown(0, CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (RedisException e) {
            LOG.debug("The connections are not closed in good order.", e);
        } finally {
            resources
                    .shutdown(0, CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .awaitUninterruptibly(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

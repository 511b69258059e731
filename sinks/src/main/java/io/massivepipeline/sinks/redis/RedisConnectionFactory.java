package io.massivepipeline.sinks.redis;

import io.massivepipeline.sinks.redis.connection.RedisConnection;
import io.massivepipeline.sinks.redis.connection.RedisNetwork;
import io.massivepipeline.sinks.redis.connection.RedisUris;
import io.massivepipeline.sinks.redis.retry.ErrorClassifier;
import io.massivepipeline.sinks.redis.retry.ErrorKind;

import org.apache.flink.util.TimeUtils;

import io.lettuce.core.RedisException;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;

/**
 * Opens connections as a {@link RedisConnectionConfig} describes them. Owns the threads of its
 * connections; closing it closes them all.
 */
public final class RedisConnectionFactory implements AutoCloseable {

    private final RedisConnectionConfig config;
    private final RedisNetwork network;

    /** Reads the environment of this process where the configuration names a variable. */
    public RedisConnectionFactory(RedisConnectionConfig config) {
        this.config = config;
        this.network = new RedisNetwork(config, new RedisUris(config, System::getenv).create());
    }

    /** A connection for text. */
    public RedisConnection<String, String> connect() {
        return connect(StringCodec.UTF8);
    }

    /**
     * A connection that reads and writes as the codec says.
     *
     * @throws RedisSinkException if Redis will never let this configuration in
     * @throws RedisException if it cannot be reached now
     */
    public <K, V> RedisConnection<K, V> connect(RedisCodec<K, V> codec) {
        try {
            return network.connect(codec);
        } catch (RedisException e) {
            if (ErrorClassifier.classify(e) == ErrorKind.FATAL) {
                throw new RedisSinkException(describe("refuses the connection", e), e);
            }
            throw e;
        }
    }

    /** A connection for subscriptions, which are renewed whenever it is made again. */
    public StatefulRedisPubSubConnection<String, String> connectPubSub() {
        return network.connectPubSub();
    }

    /**
     * Connects, waiting up to the start timeout for a Redis that is not there yet. Blocks.
     *
     * @throws RedisSinkException if Redis will never let this configuration in
     * @throws RedisException if it could not be reached; the message is one line
     */
    public <K, V> RedisConnection<K, V> connectAtStart(RedisCodec<K, V> codec)
            throws InterruptedException {
        long deadline = System.nanoTime() + config.startTimeout().toNanos();
        while (true) {
            try {
                return connect(codec);
            } catch (RedisException e) {
                if (System.nanoTime() >= deadline) {
                    throw new RedisException(
                            describe(
                                    "cannot be reached within "
                                            + TimeUtils.formatWithHighestUnit(
                                                    config.startTimeout()),
                                    e),
                            e);
                }
                Thread.sleep(250);
            }
        }
    }

    private String describe(String what, RedisException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return "%s %s: %s"
                .formatted(
                        config,
                        what,
                        String.valueOf(root.getMessage()).lines().findFirst().orElse(""));
    }

    @Override
    public void close() {
        network.close();
    }
}

package io.massivepipeline.job.subscription;

import io.massivepipeline.job.output.RedisKeys;
import io.massivepipeline.sinks.redis.RedisConnectionConfig;
import io.massivepipeline.sinks.redis.RedisConnectionFactory;
import io.massivepipeline.sinks.redis.connection.RedisConnection;

import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;

/**
 * One connection to read parameters by, and one on which Redis says that they changed. Says so too
 * when it listens again after an outage, during which it may have missed it.
 */
final class ParamsWatch implements AutoCloseable {

    private final RedisConnectionFactory factory;
    private final RedisConnection<String, String> connection;

    private ParamsWatch(
            RedisConnectionFactory factory, RedisConnection<String, String> connection) {
        this.factory = factory;
        this.connection = connection;
    }

    /**
     * Connects. Blocks.
     *
     * @param onChange called by the client's threads, must not block
     */
    static ParamsWatch connect(RedisConnectionConfig config, Runnable onChange) {
        RedisConnectionFactory factory = new RedisConnectionFactory(config);
        try {
            RedisConnection<String, String> connection = factory.connect(StringCodec.UTF8);
            StatefulRedisPubSubConnection<String, String> channel = factory.connectPubSub();
            channel.addListener(
                    new RedisPubSubAdapter<>() {
                        @Override
                        public void message(String name, String message) {
                            onChange.run();
                        }

                        @Override
                        public void subscribed(String name, long count) {
                            onChange.run();
                        }
                    });
            channel.sync().subscribe(RedisKeys.PARAMS_UPDATED);
            return new ParamsWatch(factory, connection);
        } catch (RuntimeException failure) {
            factory.close();
            throw failure;
        }
    }

    RedisClusterCommands<String, String> redis() {
        return connection.sync();
    }

    @Override
    public void close() {
        factory.close();
    }
}

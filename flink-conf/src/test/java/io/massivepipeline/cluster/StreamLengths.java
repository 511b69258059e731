package io.massivepipeline.cluster;

import io.massivepipeline.fixtures.redis.RedisServer;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;

/** How many trades stand in all streams: what a reader sees grow. */
final class StreamLengths implements AutoCloseable {

    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;

    StreamLengths(RedisServer redis) {
        client = RedisClient.create(redis.uri());
        connection = client.connect();
    }

    long sum() {
        RedisCommands<String, String> redis = connection.sync();
        return redis.keys("massive:trades:*").stream().mapToLong(redis::xlen).sum();
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
    }
}

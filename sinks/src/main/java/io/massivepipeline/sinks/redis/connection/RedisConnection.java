package io.massivepipeline.sinks.redis.connection;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.lettuce.core.protocol.RedisCommand;

import java.util.List;

/**
 * One connection, to a single Redis or to a Cluster, behind the commands that both have.
 *
 * @param lettuce the connection itself
 * @param sync its blocking commands
 * @param async its non-blocking commands
 * @param cluster whether it is one to a Cluster
 */
public record RedisConnection<K, V>(
        StatefulConnection<K, V> lettuce,
        RedisClusterCommands<K, V> sync,
        RedisClusterAsyncCommands<K, V> async,
        boolean cluster)
        implements AutoCloseable {

    /** Sends commands in one go; their futures are completed by the client's threads. */
    public void dispatch(List<? extends RedisCommand<K, V, ?>> commands) {
        lettuce.dispatch(commands);
    }

    @Override
    public void close() {
        lettuce.close();
    }
}

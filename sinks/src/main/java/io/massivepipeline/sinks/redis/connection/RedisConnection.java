package io.massivepipeline.sinks.redis.connection;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.lettuce.core.protocol.RedisCommand;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One connection, to a single Redis or to a Cluster, behind the commands that both have.
 *
 * @param lettuce the connection itself
 * @param sync its blocking commands
 * @param async its non-blocking commands
 * @param watch what happened to the connections of its client
 */
public record RedisConnection<K, V>(
        StatefulConnection<K, V> lettuce,
        RedisClusterCommands<K, V> sync,
        RedisClusterAsyncCommands<K, V> async,
        ConnectionWatch watch)
        implements AutoCloseable {

    static <K, V> RedisConnection<K, V> of(
            StatefulRedisConnection<K, V> connection, ConnectionWatch watch) {
        return new RedisConnection<>(connection, connection.sync(), connection.async(), watch);
    }

    static <K, V> RedisConnection<K, V> of(
            StatefulRedisClusterConnection<K, V> connection, ConnectionWatch watch) {
        return new RedisConnection<>(connection, connection.sync(), connection.async(), watch);
    }

    public boolean isCluster() {
        return lettuce instanceof StatefulRedisClusterConnection;
    }

    /** Sends commands in one go; their futures are completed by the client's threads. */
    public void dispatch(List<? extends RedisCommand<K, V, ?>> commands) {
        lettuce.dispatch(commands);
    }

    /** Does something after a while, in a thread of the client, unless it is closed before. */
    public void later(long delayMillis, Runnable step) {
        lettuce.getResources()
                .eventExecutorGroup()
                .schedule(step, delayMillis, TimeUnit.MILLISECONDS);
    }

    /**
     * Has a single Redis hang up, so that the client connects again and, with Sentinel, asks anew
     * who the master is. A Cluster's client looks after that itself.
     */
    public void renew() {
        if (async instanceof RedisAsyncCommands<K, V> single) {
            single.quit();
        }
    }

    @Override
    public void close() {
        lettuce.close();
    }
}

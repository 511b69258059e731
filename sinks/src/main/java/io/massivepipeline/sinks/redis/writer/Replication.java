package io.massivepipeline.sinks.redis.writer;

import io.massivepipeline.sinks.redis.connection.RedisConnection;

import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Waits until replicas have what has been acknowledged. Only believed if no connection was lost
 * since the writes were sent: another server might be speaking now, which never had them.
 */
final class Replication {

    private final RedisConnection<byte[], byte[]> connection;
    private final int replicas;
    private final Duration timeout;

    Replication(RedisConnection<byte[], byte[]> connection, int replicas, Duration timeout) {
        this.connection = connection;
        this.replicas = replicas;
        this.timeout = timeout;
    }

    boolean isRequired() {
        return replicas > 0;
    }

    /** To be asked before the writes are sent. */
    int losses() {
        return connection.watch().losses();
    }

    /**
     * Completes, always normally, with what kept the replicas from confirming, or with nothing.
     *
     * @param keys what was written
     * @param lossesBefore the {@link #losses} before the first of it was sent
     */
    CompletableFuture<String> confirm(Collection<String> keys, int lossesBefore) {
        List<CompletableFuture<Long>> waits;
        try {
            waits =
                    connection.lettuce() instanceof StatefulRedisClusterConnection<byte[], byte[]> c
                            ? nodesOf(keys, c).stream()
                                    .map(node -> await(c.getConnection(node).async()))
                                    .toList()
                            : List.of(await(connection.async()));
        } catch (RedisException e) {
            return CompletableFuture.completedFuture(String.valueOf(e.getMessage()));
        }
        return CompletableFuture.allOf(waits.toArray(CompletableFuture[]::new))
                .handle(
                        (all, failure) -> {
                            if (failure != null) {
                                return "NOREPLICAS " + failure.getMessage();
                            }
                            long fewest =
                                    waits.stream()
                                            .mapToLong(CompletableFuture::join)
                                            .min()
                                            .orElse(0);
                            if (fewest < replicas) {
                                return "NOREPLICAS %d of %d replicas have the batch"
                                        .formatted(fewest, replicas);
                            }
                            return losses() == lossesBefore
                                    ? ""
                                    : "NOREPLICAS a connection was lost meanwhile";
                        });
    }

    /** A server waits for what it had written when the connection last said something. */
    private CompletableFuture<Long> await(RedisClusterAsyncCommands<byte[], byte[]> commands) {
        commands.ping();
        return commands.waitForReplication(replicas, timeout.toMillis()).toCompletableFuture();
    }

    private static Collection<String> nodesOf(
            Collection<String> keys, StatefulRedisClusterConnection<byte[], byte[]> cluster) {
        return keys.stream()
                .map(key -> cluster.getPartitions().getPartitionBySlot(SlotHash.getSlot(key)))
                .map(RedisClusterNode::getNodeId)
                .collect(Collectors.toSet());
    }
}

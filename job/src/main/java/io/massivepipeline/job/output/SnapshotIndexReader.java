package io.massivepipeline.job.output;

import io.massivepipeline.sinks.redis.RedisConnectionConfig;
import io.massivepipeline.sinks.redis.RedisConnectionFactory;
import io.massivepipeline.sinks.redis.connection.RedisConnection;

import io.lettuce.core.RedisFuture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares the index of snapshots with the snapshots that stand. Blocks; connects when it is asked
 * for the first time. Not thread-safe.
 */
final class SnapshotIndexReader implements AutoCloseable {

    /** How many questions are on their way at once. */
    private static final int AT_ONCE = 500;

    private final RedisConnectionConfig config;

    private RedisConnectionFactory factory;
    private RedisConnection<String, String> redis;

    SnapshotIndexReader(RedisConnectionConfig config) {
        this.config = config;
    }

    /**
     * The entries whose snapshot does not stand any more; the index is read first, so one that is
     * written meanwhile is not among them.
     *
     * @throws RuntimeException if Redis does not answer
     */
    List<IndexEntry> gone() {
        connect();
        List<Map.Entry<String, String>> index =
                List.copyOf(redis.sync().hgetall(RedisKeys.SNAPSHOT_INDEX).entrySet());
        List<IndexEntry> gone = new ArrayList<>();
        for (int from = 0; from < index.size(); from += AT_ONCE) {
            gone(index.subList(from, Math.min(from + AT_ONCE, index.size())), gone);
        }
        return gone;
    }

    private void gone(List<Map.Entry<String, String>> entries, List<IndexEntry> found) {
        List<RedisFuture<Long>> exist =
                entries.stream()
                        .map(entry -> redis.async().exists(RedisKeys.snapshot(entry.getKey())))
                        .toList();
        for (int i = 0; i < entries.size(); i++) {
            if (exist.get(i).toCompletableFuture().join() == 0) {
                found.add(new IndexEntry(entries.get(i).getKey(), entries.get(i).getValue()));
            }
        }
    }

    private void connect() {
        if (factory == null) {
            factory = new RedisConnectionFactory(config);
        }
        if (redis == null) {
            redis = factory.connect();
        }
    }

    @Override
    public void close() {
        if (factory != null) {
            factory.close();
        }
    }
}

package io.massivepipeline.sinks.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Writes that belong together: one atomic step on a standalone or Sentinel Redis, carried out in
 * order on a Cluster, whose keys may live on different nodes.
 *
 * <p>If one of them is a put that is not newer than what stands, none of the others is carried out;
 * on a Cluster those after it are not, unless it is the very version that stands: then the group is
 * repeated, and may have been cut short the first time. A group is ordered after earlier writes of
 * its own {@link #key()} and not after writes of its other keys.
 *
 * @param key that by which it is ordered; the key of its first write if nothing else is said
 * @param writes at least one; no groups
 */
public record WriteGroup(String key, List<RedisWrite> writes) implements RedisWrite {

    public WriteGroup {
        Objects.requireNonNull(key, "key");
        writes = List.copyOf(writes);
        if (writes.isEmpty()) {
            throw new IllegalArgumentException("A group needs a write.");
        }
        if (writes.stream().anyMatch(WriteGroup.class::isInstance)) {
            throw new IllegalArgumentException("A group cannot hold a group.");
        }
    }

    public static WriteGroup of(RedisWrite... writes) {
        return of(List.of(writes));
    }

    public static WriteGroup of(List<RedisWrite> writes) {
        if (writes.isEmpty()) {
            throw new IllegalArgumentException("A group needs a write.");
        }
        return new WriteGroup(writes.get(0).key(), writes);
    }

    /**
     * Ordered after earlier groups that are given the same key, which need not be one of those that
     * they write: for groups that begin with ever new keys, or share one further on.
     */
    public WriteGroup orderedBy(String sharedKey) {
        return new WriteGroup(sharedKey, writes);
    }

    @Override
    public List<String> keys() {
        List<String> keys = new ArrayList<>();
        writes.forEach(write -> keys.addAll(write.keys()));
        return keys;
    }

    @Override
    public List<RedisWrite> flattened() {
        return writes;
    }

    @Override
    public int entryCount() {
        return writes.stream().mapToInt(RedisWrite::entryCount).sum();
    }

    @Override
    public long sizeInBytes() {
        return writes.stream().mapToLong(RedisWrite::sizeInBytes).sum();
    }
}

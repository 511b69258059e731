package io.massivepipeline.sinks.redis;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes that belong together: one atomic step on a standalone or Sentinel Redis, carried out in
 * order on a Cluster, whose keys may live on different nodes.
 *
 * <p>If one of them is a put that is not newer than what stands, none of the others is carried out;
 * on a Cluster those after it are not. A group is ordered after earlier writes of its own {@link
 * #key()}, the key of its first write, and not after writes of its other keys.
 *
 * @param writes at least one; no groups
 */
public record WriteGroup(List<RedisWrite> writes) implements RedisWrite {

    public WriteGroup {
        writes = List.copyOf(writes);
        if (writes.isEmpty()) {
            throw new IllegalArgumentException("A group needs a write.");
        }
        if (writes.stream().anyMatch(WriteGroup.class::isInstance)) {
            throw new IllegalArgumentException("A group cannot hold a group.");
        }
    }

    public static WriteGroup of(RedisWrite... writes) {
        return new WriteGroup(List.of(writes));
    }

    @Override
    public String key() {
        return writes.get(0).key();
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

package io.massivepipeline.sinks.redis;

import java.util.Map;
import java.util.Objects;

/**
 * Puts a sorted set in the place of the one that stands, in one step.
 *
 * @param members scores by member; none removes the key
 * @param expireAt Unix milliseconds, 0 for never
 */
public record ReplaceSortedSet(String key, Map<String, Double> members, long expireAt)
        implements RedisWrite {

    public ReplaceSortedSet {
        Objects.requireNonNull(key, "key");
        members = Map.copyOf(members);
    }

    public static ReplaceSortedSet of(String key, Map<String, Double> members) {
        return new ReplaceSortedSet(key, members, 0);
    }

    public ReplaceSortedSet expireAt(long unixMillis) {
        return new ReplaceSortedSet(key, members, unixMillis);
    }

    @Override
    public long sizeInBytes() {
        return Sizes.of(key) + Sizes.of(members);
    }
}

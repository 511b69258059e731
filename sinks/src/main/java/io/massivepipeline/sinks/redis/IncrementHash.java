package io.massivepipeline.sinks.redis;

import java.util.Map;
import java.util.Objects;

/**
 * Adds to whole numbers in a hash. At least once: an increment whose acknowledgement was lost is
 * made again.
 *
 * @param increments by field, at least one
 * @param expireAt Unix milliseconds, 0 for never
 */
public record IncrementHash(String key, Map<String, Long> increments, long expireAt)
        implements RedisWrite {

    public IncrementHash {
        Objects.requireNonNull(key, "key");
        increments = Map.copyOf(increments);
        if (increments.isEmpty()) {
            throw new IllegalArgumentException("Nothing to increment: " + key);
        }
    }

    public static IncrementHash of(String key, String field, long increment) {
        return new IncrementHash(key, Map.of(field, increment), 0);
    }

    public IncrementHash expireAt(long unixMillis) {
        return new IncrementHash(key, increments, unixMillis);
    }

    @Override
    public long sizeInBytes() {
        return Sizes.of(key) + Sizes.of(increments);
    }
}

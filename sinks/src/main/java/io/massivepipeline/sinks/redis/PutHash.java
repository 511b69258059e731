package io.massivepipeline.sinks.redis;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Sets fields of a hash in one step, plainly or only if they are newer than what stands; other
 * fields stay unless the hash is replaced.
 *
 * <p>Unless it is replaced, its expiry is moved to later only: it is that of the field that is to
 * stay longest.
 *
 * @param fields at least one
 * @param replace whether the hash is emptied first
 * @param version the condition, or null
 * @param expireAt Unix milliseconds, 0 for never
 */
public record PutHash(
        String key, Map<String, String> fields, boolean replace, Version version, long expireAt)
        implements RedisWrite {

    public PutHash {
        Objects.requireNonNull(key, "key");
        fields = Map.copyOf(fields);
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("A hash without fields cannot stand: " + key);
        }
    }

    public static PutHash of(String key, Map<String, String> fields) {
        return new PutHash(key, fields, false, null, 0);
    }

    /** Empties the hash first, so that exactly the given fields stand. */
    public PutHash replacing() {
        return new PutHash(key, fields, true, version, expireAt);
    }

    /** Only if {@code number} is above what the hash has in {@code field}. */
    public PutHash ifNewer(String field, long number) {
        return new PutHash(key, fields, replace, new Version(field, number), expireAt);
    }

    public PutHash expireAt(long unixMillis) {
        return new PutHash(key, fields, replace, version, unixMillis);
    }

    public Optional<Version> condition() {
        return Optional.ofNullable(version);
    }

    @Override
    public long sizeInBytes() {
        return Sizes.of(key) + Sizes.of(fields);
    }
}

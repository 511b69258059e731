package io.massivepipeline.sinks.redis;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Appends an entry whose id Redis chooses ({@code XADD *}). At least once: an entry whose
 * acknowledgement was lost is appended again. For what has no identity, such as dead letters.
 *
 * @param fields in their order, at least one
 * @param maxLength about how many entries the stream keeps; 0 for all
 * @param expireAt Unix milliseconds, 0 for never
 */
public record AutoIdAppend(String key, Map<String, String> fields, long maxLength, long expireAt)
        implements RedisWrite {

    public AutoIdAppend {
        Objects.requireNonNull(key, "key");
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("An entry needs a field: " + key);
        }
    }

    public static AutoIdAppend of(String key, Map<String, String> fields) {
        return new AutoIdAppend(key, fields, 0, 0);
    }

    public AutoIdAppend maxLength(long entries) {
        return new AutoIdAppend(key, fields, entries, expireAt);
    }

    public AutoIdAppend expireAt(long unixMillis) {
        return new AutoIdAppend(key, fields, maxLength, unixMillis);
    }

    @Override
    public long sizeInBytes() {
        return Sizes.of(key) + Sizes.of(fields);
    }
}

package io.massivepipeline.sinks.redis;

import java.util.Collection;
import java.util.Objects;
import java.util.Set;

/**
 * Puts a set in the place of the one that stands, in one step.
 *
 * @param members none removes the key
 * @param expireAt Unix milliseconds, 0 for never
 */
public record ReplaceSet(String key, Set<String> members, long expireAt) implements RedisWrite {

    public ReplaceSet {
        Objects.requireNonNull(key, "key");
        members = Set.copyOf(members);
    }

    public static ReplaceSet of(String key, Collection<String> members) {
        return new ReplaceSet(key, Set.copyOf(members), 0);
    }

    public ReplaceSet expireAt(long unixMillis) {
        return new ReplaceSet(key, members, unixMillis);
    }

    @Override
    public long sizeInBytes() {
        return Sizes.of(key) + Sizes.of(members);
    }
}

package io.massivepipeline.sinks.redis;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Removes fields of a hash in one step, plainly or only those that are as they were seen: what
 * somebody else has set anew meanwhile then stays. With its last field the hash is gone.
 *
 * @param fields at least one, with the value that each was seen to have; empty if that is no
 *     condition
 * @param ifUnchanged whether the values are a condition
 */
public record RemoveFields(String key, Map<String, String> fields, boolean ifUnchanged)
        implements RedisWrite {

    public RemoveFields {
        Objects.requireNonNull(key, "key");
        fields = Map.copyOf(fields);
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("Nothing to remove: " + key);
        }
    }

    /** Whatever they hold. */
    public static RemoveFields of(String key, Collection<String> fields) {
        return new RemoveFields(
                key,
                fields.stream()
                        .distinct()
                        .collect(Collectors.toMap(Function.identity(), field -> "")),
                false);
    }

    /** Each only if it still has the value that goes with it. */
    public static RemoveFields ifUnchanged(String key, Map<String, String> seen) {
        return new RemoveFields(key, seen, true);
    }

    @Override
    public long sizeInBytes() {
        return Sizes.of(key) + Sizes.of(fields);
    }
}

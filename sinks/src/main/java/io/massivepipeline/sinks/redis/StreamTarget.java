package io.massivepipeline.sinks.redis;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * What all entries of a stream have in common: where they go, which fields they have, and the rules
 * of the stream.
 *
 * @param key the stream
 * @param companion the key that remembers late ids, or empty where none is needed
 * @param fieldNames the fields of every entry, in order; a constant set keeps a stream small
 * @param onPassed what happens to ids that are not above the top
 * @param lateField the field in which a late entry has its own id, or empty
 * @param maxLength about how many entries the stream keeps; 0 for all
 */
public record StreamTarget(
        String key,
        String companion,
        List<String> fieldNames,
        PassedIds onPassed,
        String lateField,
        long maxLength)
        implements Serializable {

    public StreamTarget {
        Objects.requireNonNull(key, "key");
        fieldNames = List.copyOf(fieldNames);
        if (fieldNames.isEmpty()) {
            throw new IllegalArgumentException("An entry needs a field: " + key);
        }
        if (onPassed == PassedIds.APPEND_LATE && (companion.isEmpty() || lateField.isEmpty())) {
            throw new IllegalArgumentException(
                    "Late entries need a field for their id and a companion key to be remembered in: "
                            + key);
        }
        if (maxLength < 0) {
            throw new IllegalArgumentException("A length must not be negative: " + maxLength);
        }
    }

    /** Whether entries of both differ in nothing but where they go. */
    public boolean isLike(StreamTarget other) {
        return maxLength == other.maxLength
                && onPassed == other.onPassed
                && lateField.equals(other.lateField)
                && fieldNames.equals(other.fieldNames);
    }

    /**
     * The name of a key that lives in the slot of another: the prefix and the key, in braces unless
     * it has a hash tag itself.
     */
    static String companionOf(String prefix, String key) {
        if (prefix.indexOf('{') >= 0) {
            throw new IllegalArgumentException("A brace in a companion prefix: " + prefix);
        }
        int open = key.indexOf('{');
        boolean tagged = open >= 0 && key.indexOf('}', open) > open + 1;
        return tagged ? prefix + key : prefix + '{' + key + '}';
    }
}

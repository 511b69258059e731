package io.massivepipeline.sinks.redis;

import java.io.Serializable;
import java.util.Objects;

/**
 * Makes a put conditional: it is carried out only if its version is above that of the value that
 * stands, which the server decides, so that a slow or repeated writer cannot put an old value over
 * a new one. Where nothing stands, or what stands has no version, the put is carried out.
 *
 * @param field where the standing value has its version: the field of a hash, or the name of a
 *     whole number among the first 1 024 bytes of a JSON text
 * @param number the version of the new value, not negative
 */
public record Version(String field, long number) implements Serializable {

    public Version {
        Objects.requireNonNull(field, "field");
        if (number < 0) {
            throw new IllegalArgumentException("A version must not be negative: " + number);
        }
    }
}

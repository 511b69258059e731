package io.massivepipeline.sinks.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Sets a string, plainly or only if it is newer than the one that stands.
 *
 * @param value the bytes of the value; not copied, so not to be changed afterwards
 * @param version the condition, or null
 * @param expireAt Unix milliseconds, 0 for never
 */
public record PutString(String key, byte[] value, Version version, long expireAt)
        implements RedisWrite {

    public PutString {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
    }

    public static PutString of(String key, byte[] value) {
        return new PutString(key, value, null, 0);
    }

    public static PutString of(String key, String value) {
        return of(key, value.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Only if {@code number} is above the version of the JSON text that stands.
     *
     * @param field the name under which the JSON text has its version
     */
    public PutString ifNewer(String field, long number) {
        return new PutString(key, value, new Version(field, number), expireAt);
    }

    public PutString expireAt(long unixMillis) {
        return new PutString(key, value, version, unixMillis);
    }

    public Optional<Version> condition() {
        return Optional.ofNullable(version);
    }

    public String text() {
        return new String(value, StandardCharsets.UTF_8);
    }

    @Override
    public long sizeInBytes() {
        return Sizes.of(key) + value.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PutString that
                && key.equals(that.key)
                && Arrays.equals(value, that.value)
                && Objects.equals(version, that.version)
                && expireAt == that.expireAt;
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, Arrays.hashCode(value), version, expireAt);
    }

    @Override
    public String toString() {
        return "PutString[" + key + ", " + value.length + " bytes]";
    }
}

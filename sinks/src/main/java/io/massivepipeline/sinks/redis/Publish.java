package io.massivepipeline.sinks.redis;

import java.util.List;
import java.util.Objects;

/**
 * Sends a message to a channel. At least once towards Redis; who does not listen misses it.
 *
 * @param key the channel
 */
public record Publish(String key, String message) implements RedisWrite {

    public Publish {
        Objects.requireNonNull(key, "channel");
        Objects.requireNonNull(message, "message");
    }

    public static Publish of(String channel, String message) {
        return new Publish(channel, message);
    }

    /** A channel is no key. */
    @Override
    public List<String> keys() {
        return List.of();
    }

    @Override
    public long sizeInBytes() {
        return Sizes.of(key) + Sizes.of(message);
    }
}

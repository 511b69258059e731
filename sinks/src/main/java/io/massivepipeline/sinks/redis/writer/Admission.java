package io.massivepipeline.sinks.redis.writer;

import io.massivepipeline.sinks.redis.OversizeHandler;
import io.massivepipeline.sinks.redis.OversizedWrite;
import io.massivepipeline.sinks.redis.RedisSinkException;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.StreamAppend;

import io.lettuce.core.cluster.SlotHash;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Lets in what can be written: nothing larger than allowed, and on a Cluster no stream whose
 * companion cannot share its slot.
 *
 * @param maxEntryBytes of a stream entry, or of a write that is none
 * @param oversized what becomes of larger ones
 * @param cluster whether slots matter
 */
public record Admission(long maxEntryBytes, OversizeHandler oversized, boolean cluster)
        implements Serializable {

    void admit(RedisWrite write, Runnable onOversized, Consumer<RedisWrite> out) {
        if (cluster) {
            write.flattened().forEach(Admission::checkSlots);
        }
        Consumer<OversizedWrite> divert =
                large -> {
                    onOversized.run();
                    oversized.divert(large).forEach(out);
                };
        if (write instanceof StreamAppend append) {
            append.within(maxEntryBytes, divert).ifPresent(out);
        } else if (write.sizeInBytes() > maxEntryBytes) {
            divert.accept(new OversizedWrite(write.key(), null, write.sizeInBytes()));
        } else {
            out.accept(write);
        }
    }

    private static void checkSlots(RedisWrite write) {
        if (write.keys().stream().mapToInt(Admission::slot).distinct().count() > 1) {
            throw new RedisSinkException(
                    "On a Cluster, late entries of %s cannot be remembered: give the key a hash tag"
                            .formatted(write.key()));
        }
    }

    private static int slot(String key) {
        return SlotHash.getSlot(key.getBytes(StandardCharsets.UTF_8));
    }
}

package io.massivepipeline.sinks.redis;

import java.io.Serializable;
import java.util.List;

/** Says what becomes of writes that are too large. */
@FunctionalInterface
public interface OversizeHandler extends Serializable {

    /**
     * Called in the task's thread.
     *
     * @return what is written in its place, a dead letter for example; it is not checked again
     */
    List<RedisWrite> divert(OversizedWrite oversized);

    /** Fails the job, which is the default. */
    static OversizeHandler refuse() {
        return oversized -> {
            throw new RedisSinkException(
                    "A write to %s has %d bytes, more than the sink may send%s."
                            .formatted(
                                    oversized.key(),
                                    oversized.sizeInBytes(),
                                    oversized.id().map(id -> ": entry " + id).orElse("")));
        };
    }
}

package io.massivepipeline.job.output;

import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.RedisWriteConverter;
import io.massivepipeline.sinks.redis.RemoveFields;

import java.util.Map;
import java.util.function.Consumer;

/**
 * Takes entries whose snapshot is gone out of {@code massive:ws:snapshot:index}; one that a new
 * publication has changed meanwhile stays.
 */
final class SnapshotIndexWrites implements RedisWriteConverter<IndexEntry> {

    private static final long serialVersionUID = 1L;

    @Override
    public void convert(IndexEntry gone, Consumer<RedisWrite> out) {
        out.accept(
                RemoveFields.ifUnchanged(
                        RedisKeys.SNAPSHOT_INDEX, Map.of(gone.stream(), gone.value())));
    }
}

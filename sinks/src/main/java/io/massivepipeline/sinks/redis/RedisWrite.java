package io.massivepipeline.sinks.redis;

import org.apache.flink.api.common.typeinfo.TypeInfo;

import java.io.Serializable;
import java.util.List;

/**
 * One thing to be done in Redis. Immutable, so that it may be handed through a Flink graph without
 * copies ({@link RedisWriteTypeInfo} serializes it).
 *
 * <p>Writes with the same {@link #key()} are carried out in the order in which they were given,
 * also across retries; writes with different keys overtake each other.
 *
 * <p>All writes that put something under a key may carry an expiry (Unix milliseconds, 0 for none).
 * It is set only when the key has none or when it would move by more than an hour, so it may be
 * given with every write.
 */
@TypeInfo(RedisWriteTypeInfo.Factory.class)
public sealed interface RedisWrite extends Serializable
        permits StreamAppend,
                AutoIdAppend,
                PutString,
                PutHash,
                RemoveFields,
                IncrementHash,
                AddToSortedSet,
                ReplaceSet,
                ReplaceSortedSet,
                Publish,
                WriteGroup {

    /** The key that is written, or the channel; of a group, the key of its first write. */
    String key();

    /** All keys that the server touches for this write, companions included, channels not. */
    default List<String> keys() {
        return List.of(key());
    }

    /** The writes of a group, or this one. */
    default List<RedisWrite> flattened() {
        return List.of(this);
    }

    /** How many stream entries this is; 1 for everything that is not a stream append. */
    default int entryCount() {
        return 1;
    }

    /** About how many bytes go over the wire, which is what buffers are bounded by. */
    long sizeInBytes();
}

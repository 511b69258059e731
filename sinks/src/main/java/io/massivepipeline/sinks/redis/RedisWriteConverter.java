package io.massivepipeline.sinks.redis;

import org.apache.flink.api.connector.sink2.WriterInitContext;

import java.io.Serializable;
import java.util.function.Consumer;

/** Says what is to be written for an element: nothing, one thing or several. */
@FunctionalInterface
public interface RedisWriteConverter<T> extends Serializable {

    /**
     * Hands the writes for an element to {@code out}, in the order in which they are to be made.
     * Writes with different keys may overtake each other unless they are in one {@link WriteGroup}.
     */
    void convert(T element, Consumer<RedisWrite> out);

    /** Called once before the first element. */
    default void open(WriterInitContext context) {}
}

package io.massivepipeline.job.output;

import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.sinks.redis.BatchMemory;
import io.massivepipeline.sinks.redis.StreamAppendBuilder;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The builders of the streams that were written to of late, so that what all batches of a stream
 * have in common is made once: with thousands of streams a batch has an entry or two.
 */
final class StreamBuilders {

    /** More than the expiries that trade on a day; a stream beyond them only costs more. */
    private static final int LIMIT = 1 << 14;

    private final Function<StreamKey, StreamAppendBuilder> start;
    private final BatchMemory memory = new BatchMemory();
    private final Map<StreamKey, StreamAppendBuilder> builders =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(
                        Map.Entry<StreamKey, StreamAppendBuilder> eldest) {
                    return size() > LIMIT;
                }
            };

    /**
     * @param start makes a builder with all that is the same for every batch of a stream
     */
    StreamBuilders(Function<StreamKey, StreamAppendBuilder> start) {
        this.start = start;
    }

    /** The builder of a stream, without entries; to be built before the next one is asked for. */
    StreamAppendBuilder of(StreamKey stream) {
        StreamAppendBuilder builder = builders.get(stream);
        if (builder == null) {
            builder = start.apply(stream).memory(memory);
            builders.put(stream, builder);
        }
        return builder;
    }
}

package io.massivepipeline.job.output;

import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.sinks.redis.StreamAppend;
import io.massivepipeline.sinks.redis.StreamAppendBuilder;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StreamBuildersTest {

    private static final StreamKey SPX = StreamKey.parse("SPX:20251223");
    private static final StreamKey NDX = StreamKey.parse("NDX:20251223");

    private final StreamBuilders builders =
            new StreamBuilders(stream -> StreamAppend.to(stream.text(), "field"));

    @Test
    void aStreamKeepsItsBuilder() {
        assertThat(builders.of(SPX)).isSameAs(builders.of(SPX)).isNotSameAs(builders.of(NDX));
    }

    /** With memory of its own for each of ten thousand streams the heap would be full of it. */
    @Test
    void allStreamsShareTheMemoryOfTheirBatches() {
        StreamAppendBuilder begun = builders.of(SPX).add(1, 0, "a");
        StreamAppendBuilder other = builders.of(NDX);

        assertThatThrownBy(() -> other.add(1, 0, "b")).isInstanceOf(IllegalStateException.class);

        assertThat(begun.build())
                .isEqualTo(StreamAppend.to(SPX.text(), "field").add(1, 0, "a").build());
        assertThat(other.add(1, 0, "b").build())
                .isEqualTo(StreamAppend.to(NDX.text(), "field").add(1, 0, "b").build());
    }
}

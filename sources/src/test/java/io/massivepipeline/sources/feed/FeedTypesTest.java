package io.massivepipeline.sources.feed;

import org.apache.flink.types.PojoTestUtils;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events of one kind, which travel without {@link FeedEventSerializer}. */
class FeedTypesTest {

    @ParameterizedTest
    @ValueSource(classes = {RawFrame.class, Tick.class, FeedGap.class, FeedStatus.class})
    void needsNoKryo(Class<?> type) {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
    }
}

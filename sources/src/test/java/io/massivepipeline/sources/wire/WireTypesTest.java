package io.massivepipeline.sources.wire;

import org.apache.flink.types.PojoTestUtils;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes through Flink without a serializer of its own. */
class WireTypesTest {

    @ParameterizedTest
    @ValueSource(classes = {DeadLetter.class, StatusEvent.class, LatenessState.class})
    void needsNoKryo(Class<?> type) {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
    }
}

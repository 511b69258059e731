package io.massivepipeline.sources.poll;

import org.junit.jupiter.api.Test;

import static org.apache.flink.types.PojoTestUtils.assertSerializedAsPojoWithoutKryo;

/** What travels between operators needs no Kryo. */
class PollTypesTest {

    @Test
    void travelAsPojos() {
        assertSerializedAsPojoWithoutKryo(PollEvent.class);
        assertSerializedAsPojoWithoutKryo(PollStatistics.class);
        assertSerializedAsPojoWithoutKryo(ContextAnswer.class);
    }
}

package io.massivepipeline.job.context;

import io.massivepipeline.sources.poll.ContextAnswer;
import io.massivepipeline.sources.poll.PollEvent;

import org.apache.flink.types.PojoTestUtils;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContextTypesTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                ContextAnswer.class,
                Spot.class,
                ChainContext.class,
                ContextUpdate.class,
                PollEvent.class,
                ExpirySelection.class,
                ChainSelection.class,
                KnownPrice.class,
                KnownChain.class,
                SelectionState.class
            })
    void everyRecordIsKnownToFlinkWithoutKryo(Class<?> type) {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
    }
}

package io.massivepipeline.job.structure;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.apache.flink.types.PojoTestUtils.assertSerializedAsPojoWithoutKryo;

class RecordsTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                FeedCounts.class,
                ParseState.class,
                StreamKey.class,
                IdentifiedTrade.class,
                TradeBatch.class
            })
    void areNotLeftToKryo(Class<?> type) {
        assertSerializedAsPojoWithoutKryo(type);
    }
}

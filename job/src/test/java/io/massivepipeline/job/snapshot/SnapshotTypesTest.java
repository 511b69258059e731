package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.analytics.SnapshotCounts;
import io.massivepipeline.job.context.Spot;

import org.apache.flink.types.PojoTestUtils;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTypesTest {

    @ParameterizedTest
    @ValueSource(classes = {Publication.class, SnapshotCounts.class, Spot.class})
    void everyRecordIsKnownToFlinkWithoutKryo(Class<?> type) {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
    }
}

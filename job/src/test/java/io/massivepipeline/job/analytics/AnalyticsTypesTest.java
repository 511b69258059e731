package io.massivepipeline.job.analytics;

import org.apache.flink.types.PojoTestUtils;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnalyticsTypesTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                JobCounts.class,
                JobState.class,
                JobTotals.class,
                ClosedWindows.class,
                OneSecondWindow.class,
                UnderlyingSeconds.class,
                UnderlyingDay.class,
                DayAnalytics.class,
                ExpiryAnalytics.class,
                UnderlyingAnalytics.class,
                TopContracts.class
            })
    void everyRecordIsKnownToFlinkWithoutKryo(Class<?> type) {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
    }
}

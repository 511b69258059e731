package io.massivepipeline.job.analytics;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EventSecondsTest {

    @ParameterizedTest
    @CsvSource({"5000, 6000", "5001, 6000", "5999, 6000", "6000, 7000"})
    void namesASecondByItsEnd(long timestamp, long end) {
        assertThat(EventSeconds.endOf(timestamp)).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource({"5998, 5000", "5999, 6000", "6000, 6000"})
    void aSecondIsCompletedOnceItsLastMillisecondHasPassed(long watermark, long end) {
        assertThat(EventSeconds.lastCompleted(watermark)).isEqualTo(end);
    }
}

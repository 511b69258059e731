package io.massivepipeline.job.analytics;

import io.massivepipeline.job.structure.StreamKey;

import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class CountSecondsTest {

    private OneInputStreamOperatorTestHarness<ClosedWindows, UnderlyingSeconds> count;

    @BeforeEach
    void open() throws Exception {
        count = new OneInputStreamOperatorTestHarness<>(new CountSeconds());
        count.open();
    }

    @AfterEach
    void close() throws Exception {
        count.close();
    }

    @Test
    void addsUpExpiriesOfAnUnderlyingBeforeTheWatermarkThatClosedThem() throws Exception {
        window("SPX:20251223", 1000, 3, 0, 1);
        window("SPX:20251224", 1000, 4, 1, 2);
        window("NDX:20251224", 1000, 5, 2, 3);
        assertThat(count.getOutput()).isEmpty();

        count.processWatermark(999);

        assertThat(count.extractOutputValues())
                .containsExactlyInAnyOrder(
                        new UnderlyingSeconds("SPX", SecondCounts.of(1000, 7)),
                        new UnderlyingSeconds("NDX", SecondCounts.of(1000, 5)));
        assertThat(count.getOutput()).last().isNotInstanceOf(StreamRecord.class);
    }

    @Test
    void ofTheWholeJobItCountsSecondsAndBursts() throws Exception {
        window("SPX:20251223", 1000, 3, 1, 2);
        window("SPX:20251223", 2000, 4, 2, 4);
        window("NDX:20251224", 1000, 5, 0, 1);
        count.processWatermark(1999);

        assertThat(count.getSideOutput(CountSeconds.COUNTS))
                .extracting(StreamRecord::getValue)
                .containsExactly(
                        new JobCounts(
                                new TradeCounts(0, 0, 0, 0, 0, 3, 4, 0, 0),
                                SecondCounts.of(1000, 8).plus(SecondCounts.of(2000, 4))));
    }

    @Test
    void theSecondsOfAnUnderlyingMeetInOrderWhicheverExpiryClosesThemFirst() throws Exception {
        window("SPX:20251223", 1000, 3, 0, 1);
        window("SPX:20251223", 3000, 4, 0, 1);
        window("SPX:20251224", 1000, 5, 0, 1);
        window("SPX:20251224", 2000, 6, 0, 1);
        count.processWatermark(2999);

        assertThat(count.extractOutputValues())
                .containsExactly(
                        new UnderlyingSeconds(
                                "SPX",
                                new SecondCounts(
                                        new long[] {1000, 2000, 3000}, new long[] {8, 6, 4})));
    }

    @Test
    void aSecondMayComeInParts() throws Exception {
        window("SPX:20251223", 1000, 3, 0, 1);
        count.prepareSnapshotPreBarrier(1);
        window("SPX:20251224", 1000, 5, 0, 1);
        count.processWatermark(1999);

        assertThat(count.extractOutputValues())
                .containsExactly(
                        new UnderlyingSeconds("SPX", SecondCounts.of(1000, 3)),
                        new UnderlyingSeconds("SPX", SecondCounts.of(1000, 5)));
    }

    @Test
    void holdsNothingBackFromACheckpoint() throws Exception {
        window("SPX:20251223", 1000, 3, 0, 1);

        count.prepareSnapshotPreBarrier(1);

        assertThat(count.extractOutputValues())
                .containsExactly(new UnderlyingSeconds("SPX", SecondCounts.of(1000, 3)));
    }

    private void window(String stream, long end, long trades, long bursts, int largestGroup)
            throws Exception {
        TradeSums sums =
                new TradeSums(trades, 0, 0, 0, 0, BigDecimal.ZERO, bursts, largestGroup, end - 1);
        StreamKey key = StreamKey.parse(stream);
        OneSecondWindow window = new OneSecondWindow(key, end, sums);
        count.processElement(new StreamRecord<>(new ClosedWindows(key, List.of(window))));
    }
}

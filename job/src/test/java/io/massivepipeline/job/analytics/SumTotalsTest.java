package io.massivepipeline.job.analytics;

import io.massivepipeline.job.structure.FeedCounts;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class SumTotalsTest {

    private KeyedTwoInputStreamOperatorTestHarness<Integer, FeedCounts, JobCounts, JobTotals> sum;

    @BeforeEach
    void open() throws Exception {
        sum = harness();
        sum.open();
    }

    @AfterEach
    void close() throws Exception {
        sum.close();
    }

    @Test
    void addsTradesUpAndTakesTheFeedAsItIs() throws Exception {
        feed(5);
        trades(counts(3, 2), SecondCounts.NONE);
        feed(9);
        trades(counts(4, 7), SecondCounts.NONE);
        sum.setProcessingTime(1000);

        assertThat(last().feed()).isEqualTo(framesRead(9));
        assertThat(last().trades()).isEqualTo(counts(7, 7));
        assertThat(sum.extractOutputValues()).hasSize(1);
    }

    @Test
    void ratesAreOverCompletedSecondsAndFade() throws Exception {
        trades(TradeCounts.NONE, SecondCounts.of(61_000, 5));
        trades(TradeCounts.NONE, SecondCounts.of(61_000, 2));
        trades(TradeCounts.NONE, SecondCounts.of(62_000, 4));
        sum.processBothWatermarks(new Watermark(60_999));
        sum.setProcessingTime(1000);
        assertThat(last().rates()).isEqualTo(new Rates(7, 7, 7, 7));

        sum.processBothWatermarks(new Watermark(71_999));
        sum.setProcessingTime(2000);
        assertThat(last().rates()).isEqualTo(new Rates(0, 0, 11, 7));
    }

    @Test
    void theEndOfTheFeedWritesEverythingAsOfItsNewestTime() throws Exception {
        trades(counts(3, 2), SecondCounts.of(61_000, 5));
        sum.processBothWatermarks(new Watermark(60_999));
        trades(counts(1, 2), SecondCounts.of(90_000, 9));

        sum.processBothWatermarks(Watermark.MAX_WATERMARK);

        assertThat(last().trades()).isEqualTo(counts(4, 2));
        assertThat(last().rates()).isEqualTo(new Rates(5, 5, 5, 9));
        sum.setProcessingTime(9000);
        assertThat(sum.extractOutputValues()).hasSize(1);
    }

    @Test
    void goesOnFromACheckpoint() throws Exception {
        feed(5);
        trades(counts(3, 2), SecondCounts.of(61_000, 5));
        OperatorSubtaskState checkpoint = sum.snapshot(1, 1);
        sum.close();
        sum = harness();
        sum.initializeState(checkpoint);
        sum.open();

        trades(counts(1, 2), SecondCounts.of(61_000, 1));
        sum.processBothWatermarks(new Watermark(60_999));
        sum.setProcessingTime(1000);

        assertThat(last())
                .isEqualTo(
                        new JobTotals(
                                framesRead(5),
                                counts(4, 2),
                                new Rates(6, 6, 6, 6),
                                SnapshotCounts.NONE));
    }

    private void feed(long frames) throws Exception {
        sum.processElement1(new StreamRecord<>(framesRead(frames)));
    }

    private void trades(TradeCounts counts, SecondCounts seconds) throws Exception {
        sum.processElement2(new StreamRecord<>(new JobCounts(counts, seconds)));
    }

    private JobTotals last() {
        List<JobTotals> totals = sum.extractOutputValues();
        return totals.get(totals.size() - 1);
    }

    private static TradeCounts counts(long volume, int burstMax) {
        return new TradeCounts(
                volume, volume, volume, volume, volume, volume, burstMax, volume, 1000);
    }

    private static FeedCounts framesRead(long frames) {
        return new FeedCounts(frames, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
    }

    private static KeyedTwoInputStreamOperatorTestHarness<Integer, FeedCounts, JobCounts, JobTotals>
            harness() throws Exception {
        return new KeyedTwoInputStreamOperatorTestHarness<>(
                new SumTotals(Duration.ofSeconds(1)),
                feed -> SumTotals.KEY,
                counts -> SumTotals.KEY,
                Types.INT);
    }
}

package io.massivepipeline.job.analytics;

import io.massivepipeline.job.structure.StreamKey;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;

import static io.massivepipeline.job.analytics.TestTrades.newYork;
import static org.assertj.core.api.Assertions.assertThat;

class AnalyseUnderlyingsTest {

    private static final long NOON = newYork("2025-12-22T12:00:00");
    private static final int MONDAY = 20251222;
    private static final int TUESDAY = 20251223;

    private KeyedTwoInputStreamOperatorTestHarness<
                    String, ExpiryAnalytics, UnderlyingSeconds, UnderlyingAnalytics>
            analyse;

    @BeforeEach
    void open() throws Exception {
        analyse = harness(1, 0);
        analyse.open();
    }

    @AfterEach
    void close() throws Exception {
        analyse.close();
    }

    @Test
    void sumsItsExpiriesUp() throws Exception {
        expiry("SPX:20251223", MONDAY, sums(3, "1.25", 2, NOON + 1), 4);
        expiry("SPX:20251224", MONDAY, sums(5, "10.75", 6, NOON), 3);
        expiry("NDX:20251224", MONDAY, sums(1, "100", 1, NOON), 1);
        watermark(NOON + 100);
        analyse.setProcessingTime(1000);

        assertThat(analyse.extractOutputValues())
                .containsExactlyInAnyOrder(
                        new UnderlyingAnalytics(
                                "SPX",
                                new DayAnalytics(
                                        MONDAY,
                                        new TradeSums(
                                                8,
                                                16,
                                                24,
                                                32,
                                                40,
                                                new BigDecimal("12"),
                                                48,
                                                6,
                                                NOON + 1),
                                        Rates.NONE,
                                        7)),
                        new UnderlyingAnalytics(
                                "NDX",
                                new DayAnalytics(MONDAY, sums(1, "100", 1, NOON), Rates.NONE, 1)));
    }

    @Test
    void theNewestValuesOfAnExpiryReplaceThoseBefore() throws Exception {
        expiry("SPX:20251223", MONDAY, sums(3, "1", 0, NOON), 4);
        expiry("SPX:20251223", MONDAY, sums(4, "2", 0, NOON), 2);
        watermark(NOON);
        analyse.setProcessingTime(1000);

        assertThat(last().sums()).isEqualTo(sums(4, "2", 0, NOON));
        assertThat(last().contractsActive()).isEqualTo(2);
    }

    @Test
    void ratesAreThoseOfAllExpiriesTogether() throws Exception {
        // Given parts of seconds, one of which is not completed
        expiry("SPX:20251223", MONDAY, sums(3, "1", 0, NOON), 1);
        second(NOON + 1000, 3);
        second(NOON + 1000, 4);
        second(NOON + 9000, 6);
        second(NOON + 10_000, 2);
        second(NOON + 11_000, 9);
        watermark(NOON + 10_000);
        analyse.setProcessingTime(1000);

        // Then rates end with the last completed one; the best is the best so far
        assertThat(last().rates()).isEqualTo(new Rates(2, 15, 15, 9));

        // And they fade
        watermark(NOON + 80_000);
        analyse.setProcessingTime(2000);
        analyse.setProcessingTime(3000);
        assertThat(last().rates()).isEqualTo(new Rates(0, 0, 0, 9));
        assertThat(analyse.extractOutputValues()).hasSize(2);
    }

    @Test
    void allStartsFromZeroWithTheTradeDateOfItsNewestTrade() throws Exception {
        // Given two expiries and a busy second on Monday
        expiry("SPX:20251223", MONDAY, sums(3, "1", 2, NOON), 4);
        expiry("SPX:20251224", MONDAY, sums(5, "1", 2, NOON), 3);
        second(NOON + 1000, 50);

        // When one of them trades on Tuesday, while the other is still heard of Monday
        long evening = newYork("2025-12-22T20:00:00");
        expiry("SPX:20251223", TUESDAY, sums(1, "7", 0, evening), 1);
        expiry("SPX:20251224", MONDAY, sums(6, "1", 2, NOON), 3);
        second(evening, 40);
        second(evening + 1000, 1);
        watermark(evening + 999);
        analyse.setProcessingTime(1000);

        // Then only Tuesday counts
        assertThat(last())
                .isEqualTo(
                        new DayAnalytics(
                                TUESDAY, sums(1, "7", 0, evening), new Rates(1, 1, 1, 1), 1));
    }

    @Test
    void secondsThatComeTogetherEachCountForTheirTradeDate() throws Exception {
        // Given the last second of Monday and the first ones of Tuesday at once
        long evening = newYork("2025-12-22T20:00:00");
        seconds(
                new SecondCounts(
                        new long[] {evening, evening + 1000, evening + 2000},
                        new long[] {50, 3, 4}));
        watermark(evening + 1999);
        analyse.setProcessingTime(1000);

        // Then only Tuesday counts
        assertThat(last().tradeDate()).isEqualTo(TUESDAY);
        assertThat(last().rates()).isEqualTo(new Rates(4, 7, 7, 4));

        // And one of Monday that comes late with one of Tuesday changes nothing
        seconds(new SecondCounts(new long[] {evening, evening + 2000}, new long[] {60, 1}));
        analyse.setProcessingTime(2000);
        assertThat(last().rates()).isEqualTo(new Rates(5, 8, 8, 5));
    }

    @Test
    void theEndOfTheFeedWritesWhatWaitsAsOfItsNewestTime() throws Exception {
        expiry("SPX:20251223", MONDAY, sums(3, "1", 2, NOON), 4);
        second(NOON + 1000, 2);
        watermark(NOON + 999);

        watermark(Long.MAX_VALUE);

        assertThat(last().rates()).isEqualTo(new Rates(2, 2, 2, 2));
        assertThat(analyse.getOutput()).last().isEqualTo(new Watermark(Long.MAX_VALUE));
        assertThat(analyse.numEventTimeTimers()).isZero();
    }

    @Test
    void knowsEverythingAfterARestartWithAnotherParallelism() throws Exception {
        // Given values and seconds before a checkpoint
        expiry("SPX:20251223", MONDAY, sums(3, "1", 2, NOON), 4);
        expiry("SPX:20251224", MONDAY, sums(5, "2", 2, NOON), 3);
        second(NOON + 1000, 2);
        watermark(NOON + 500);
        OperatorSubtaskState checkpoint = analyse.snapshot(1, 1);

        // When two subtasks go on from there, one of which has the underlying
        int written = 0;
        for (int subtask = 0; subtask < 2; subtask++) {
            try (var half = harness(2, subtask)) {
                half.initializeState(
                        AbstractStreamOperatorTestHarness.repartitionOperatorState(
                                checkpoint, 128, 1, 2, subtask));
                half.open();
                half.processBothWatermarks(new Watermark(NOON + 999));
                half.setProcessingTime(1000);
                for (UnderlyingAnalytics values : half.extractOutputValues()) {
                    written++;
                    assertThat(values.day().sums().trades()).isEqualTo(8);
                    assertThat(values.day().rates()).isEqualTo(new Rates(2, 2, 2, 2));
                }
            }
        }

        // Then it is written once
        assertThat(written).isEqualTo(1);
    }

    @Test
    void forgetsAnUnderlyingThatNobodyTrades() throws Exception {
        expiry("SPX:20251223", MONDAY, sums(3, "1", 2, NOON + 5000), 4);
        second(NOON + 1000, 2);

        watermark(NOON + AnalyticsState.LINGER_MS + 4000);
        passAnHour();
        assertThat(analyse.numKeyedStateEntries()).isPositive();

        watermark(NOON + AnalyticsState.LINGER_MS + 5000);
        passAnHour();
        assertThat(analyse.numKeyedStateEntries()).isZero();
        assertThat(analyse.numEventTimeTimers()).isZero();
    }

    @Test
    void sumsOnWhenOneTradeHasMovedEventTimeByYears() throws Exception {
        // Given two expiries, and a trade of another underlying on the last day there is
        expiry("SPX:20251223", MONDAY, sums(3, "1", 2, NOON), 4);
        expiry("SPX:20251224", MONDAY, sums(5, "2", 2, NOON), 3);
        watermark(NOON);
        watermark(4_102_444_799_999L);

        // When one of them trades, late by years
        expiry("SPX:20251224", MONDAY, sums(6, "2", 2, NOON), 3);
        watermark(Long.MAX_VALUE);

        // Then the other one still counts
        assertThat(last().sums().trades()).isEqualTo(9);
    }

    @Test
    void thirtyDaysLeaveNoMoreStateThanOne() throws Exception {
        int[] entries = new int[31];
        int[] timers = new int[31];
        for (int date = 1; date <= 30; date++) {
            // Given another expiry on every day
            long noon = newYork("2025-11-%02dT12:00:00".formatted(date));
            expiry("SPX:202511%02d".formatted(date), 20251100 + date, sums(3, "1", 2, noon), 4);
            watermark(noon);
            passAnHour();
            entries[date] = analyse.numKeyedStateEntries();
            timers[date] = analyse.numEventTimeTimers();
        }

        // Then those of the days before are gone
        assertThat(entries[30]).isEqualTo(entries[1]);
        assertThat(timers[30]).isEqualTo(timers[1]);
    }

    @Test
    void writesWhatWaitsBeforeItIsForgotten() throws Exception {
        expiry("SPX:20251223", MONDAY, sums(3, "1", 2, NOON), 4);

        watermark(NOON + 2 * AnalyticsState.LINGER_MS);
        analyse.setProcessingTime(5000);

        assertThat(analyse.extractOutputValues()).hasSize(1);
        assertThat(last().sums().trades()).isEqualTo(3);
    }

    private void passAnHour() throws Exception {
        analyse.setProcessingTime(analyse.getProcessingTime() + Duration.ofHours(1).toMillis());
    }

    private DayAnalytics last() {
        var values = analyse.extractOutputValues();
        return values.get(values.size() - 1).day();
    }

    private void expiry(String stream, int date, TradeSums sums, int contractsActive)
            throws Exception {
        DayAnalytics day = new DayAnalytics(date, sums, Rates.NONE, contractsActive);
        analyse.processElement1(
                new StreamRecord<>(new ExpiryAnalytics(StreamKey.parse(stream), day)));
    }

    private void second(long end, long trades) throws Exception {
        seconds(SecondCounts.of(end, trades));
    }

    private void seconds(SecondCounts seconds) throws Exception {
        analyse.processElement2(new StreamRecord<>(new UnderlyingSeconds("SPX", seconds)));
    }

    private void watermark(long time) throws Exception {
        analyse.processBothWatermarks(new Watermark(time));
    }

    private static TradeSums sums(long trades, String premium, int largestGroup, long last) {
        return new TradeSums(
                trades,
                2 * trades,
                3 * trades,
                4 * trades,
                5 * trades,
                new BigDecimal(premium).stripTrailingZeros(),
                6 * trades,
                largestGroup,
                last);
    }

    private static KeyedTwoInputStreamOperatorTestHarness<
                    String, ExpiryAnalytics, UnderlyingSeconds, UnderlyingAnalytics>
            harness(int parallelism, int subtask) throws Exception {
        return new KeyedTwoInputStreamOperatorTestHarness<>(
                new AnalyseUnderlyings(Duration.ofSeconds(1)),
                expiry -> expiry.stream().underlying(),
                UnderlyingSeconds::underlying,
                Types.STRING,
                128,
                parallelism,
                subtask);
    }
}

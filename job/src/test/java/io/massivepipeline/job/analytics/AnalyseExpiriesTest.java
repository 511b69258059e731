package io.massivepipeline.job.analytics;

import io.massivepipeline.job.options.UnderlyingFilter;
import io.massivepipeline.job.structure.TradeBatch;
import io.massivepipeline.sources.trade.OptionTrade;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;

import static io.massivepipeline.job.analytics.TestTrades.CALL;
import static io.massivepipeline.job.analytics.TestTrades.PUT;
import static io.massivepipeline.job.analytics.TestTrades.batch;
import static io.massivepipeline.job.analytics.TestTrades.late;
import static io.massivepipeline.job.analytics.TestTrades.newYork;
import static io.massivepipeline.job.analytics.TestTrades.trade;
import static org.assertj.core.api.Assertions.assertThat;

class AnalyseExpiriesTest {

    private static final long NOON = newYork("2025-12-22T12:00:00");
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final String NDX_CALL = "O:NDXP251224C25460000";

    private KeyedOneInputStreamOperatorTestHarness<String, TradeBatch, ClosedWindows> analyse;

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
    void whatIsReleasedAfterASecondClosesItAtOnce() throws Exception {
        // When trades of three seconds are released while the third is not over
        TradeBatch batch =
                batch(
                        trade(NOON, CALL, 1),
                        trade(NOON + 1000, CALL, 1),
                        trade(NOON + 2000, CALL, 1));
        analyse.processElement(
                new StreamRecord<>(
                        new TradeBatch(batch.stream(), batch.trades(), 0, true, NOON + 2500)));

        // Then two windows are closed together, and the third when its time has come
        assertThat(analyse.extractOutputValues())
                .singleElement()
                .satisfies(
                        closed ->
                                assertThat(closed.windows())
                                        .extracting(OneSecondWindow::end)
                                        .containsExactly(NOON + 1000, NOON + 2000));
        analyse.processWatermark(NOON + 2500);
        assertThat(ends()).hasSize(2);
        analyse.processWatermark(NOON + 2999);
        assertThat(ends()).hasSize(3);

        // And of a second that was over nothing waits
        int timers = analyse.numEventTimeTimers();
        TradeBatch last = batch(trade(NOON + 5000, CALL, 1));
        analyse.processElement(
                new StreamRecord<>(
                        new TradeBatch(last.stream(), last.trades(), 0, false, NOON + 5999)));
        assertThat(ends()).hasSize(4);
        assertThat(analyse.numEventTimeTimers()).isEqualTo(timers);
    }

    @Test
    void windowsCloseWhenEventTimePassesTheirEnd() throws Exception {
        release(trade(NOON, CALL, 1));
        release(trade(NOON + 1, NDX_CALL, 1));

        analyse.processWatermark(NOON + 998);
        assertThat(ends()).isEmpty();

        analyse.processWatermark(NOON + 999);
        assertThat(ends())
                .containsExactlyInAnyOrder(
                        "SPX:20251223 " + (NOON + 1000), "NDX:20251224 " + (NOON + 1000));
    }

    @Test
    void aWindowLeavesBeforeTheWatermarkThatClosesIt() throws Exception {
        release(trade(NOON, CALL, 1));
        analyse.processWatermark(NOON + 5000);

        assertThat(analyse.getOutput()).hasSize(2);
        assertThat(analyse.getOutput().peek()).isInstanceOf(StreamRecord.class);
    }

    @Test
    void valuesAreWrittenOnceASecondAndWhileRatesFade() throws Exception {
        // Given trades in one second
        release(trade(NOON, CALL, 1));
        release(trade(NOON + 1, CALL, 1));
        analyse.processWatermark(NOON + 999);
        assertThat(analytics()).isEmpty();

        // When the wall clock goes on, and event time with it
        analyse.setProcessingTime(1000);
        analyse.processWatermark(NOON + 1999);
        analyse.setProcessingTime(2000);
        analyse.processWatermark(NOON + 61_000);
        analyse.setProcessingTime(3000);
        analyse.setProcessingTime(4000);

        // Then values follow until there is nothing more to say
        assertThat(analytics())
                .extracting(values -> values.day().rates())
                .containsExactly(
                        new Rates(2, 2, 2, 2), new Rates(0, 2, 2, 2), new Rates(0, 0, 0, 2));
        assertThat(analytics())
                .extracting(values -> values.day().contractsActive())
                .containsExactly(1, 1, 0);
    }

    @Test
    void topContractsAreWrittenForTheChosenUnderlyingsOnly() throws Exception {
        release(trade(NOON, CALL, 4), trade(NOON, PUT, 7));
        release(trade(NOON, NDX_CALL, 1));
        analyse.processWatermark(NOON + 999);
        analyse.setProcessingTime(1000);

        assertThat(analytics()).hasSize(2);
        assertThat(values(AnalyseExpiries.TOP))
                .extracting(TopContracts::contracts)
                .containsExactly(List.of(new ContractVolume(PUT, 7), new ContractVolume(CALL, 4)));
    }

    @Test
    void theEndOfTheFeedWritesEverythingAsOfItsNewestTime() throws Exception {
        // Given a completed second, an open one and a trade that lies in the future
        release(trade(NOON, CALL, 1), trade(NOON + 1200, CALL, 1));
        analyse.processWatermark(NOON + 1300);
        release(trade(NOON + 30_000, PUT, 1));

        // When the feed ends
        analyse.processWatermark(Long.MAX_VALUE);

        // Then all is in the sums and windows, but event time has not passed
        assertThat(ends())
                .containsExactly(
                        "SPX:20251223 " + (NOON + 1000),
                        "SPX:20251223 " + (NOON + 2000),
                        "SPX:20251223 " + (NOON + 31_000));
        assertThat(analytics()).hasSize(1);
        DayAnalytics last = analytics().get(0).day();
        assertThat(last.sums().trades()).isEqualTo(3);
        assertThat(last.rates()).isEqualTo(new Rates(1, 1, 1, 1));
        assertThat(last.contractsActive()).isEqualTo(1);

        // And nothing renews itself
        analyse.setProcessingTime(10_000);
        assertThat(analytics()).hasSize(1);
        assertThat(analyse.numEventTimeTimers()).isZero();
    }

    @Test
    void theEndOfTheFeedLeavesWhatIsSilentAlone() throws Exception {
        release(trade(NOON, CALL, 1));
        analyse.processWatermark(NOON + 100_000);
        analyse.setProcessingTime(1000);
        assertThat(analytics()).hasSize(1);

        analyse.processWatermark(Long.MAX_VALUE);
        assertThat(analytics()).hasSize(1);
    }

    @Test
    void countsExactlyThroughARestart() throws Exception {
        // Given an open second and a checkpoint
        release(trade(NOON, CALL, 1), late(NOON - 9000, CALL, 5));
        analyse.processWatermark(NOON + 10);
        OperatorSubtaskState checkpoint = analyse.snapshot(1, 1);

        // When the job goes on from there
        analyse.close();
        analyse = harness(1, 0);
        analyse.initializeState(checkpoint);
        analyse.open();
        release(trade(NOON + 20, CALL, 2));
        analyse.processWatermark(NOON + 999);
        analyse.setProcessingTime(1000);

        // Then the second is whole, and nothing is lost or doubled
        assertThat(analyse.extractOutputValues())
                .flatExtracting(ClosedWindows::windows)
                .extracting(window -> window.sums().trades())
                .containsExactly(2L);
        assertThat(analytics()).hasSize(1);
        assertThat(analytics().get(0).day().sums().trades()).isEqualTo(3);
        assertThat(analytics().get(0).day().sums().callVolume()).isEqualTo(8);
    }

    @Test
    void afterARestartEveryExpiryIsWrittenOnceTimeIsKnown() throws Exception {
        release(trade(NOON, CALL, 1));
        release(trade(NOON, NDX_CALL, 1));
        analyse.processWatermark(NOON + 100_000);
        analyse.setProcessingTime(5000);
        OperatorSubtaskState checkpoint = analyse.snapshot(1, 1);
        analyse.close();
        analyse = harness(1, 0);
        analyse.initializeState(checkpoint);
        analyse.open();

        // When time passes before the first watermark
        analyse.setProcessingTime(2000);
        assertThat(analytics()).isEmpty();

        // Then they are written with the first one that follows it
        analyse.processWatermark(NOON + 100_001);
        analyse.setProcessingTime(3000);
        assertThat(analytics()).hasSize(2);
    }

    @Test
    void keepsItsStateWhenTheParallelismChanges() throws Exception {
        // Given many streams on one subtask
        List<String> tickers = new ArrayList<>();
        for (int i = 0; i < 26; i++) {
            tickers.add("O:" + (char) ('A' + i) + "X251223C00100000");
            release(trade(NOON, tickers.get(i), 1));
        }
        analyse.processWatermark(NOON + 10);
        OperatorSubtaskState checkpoint = analyse.snapshot(1, 1);

        // When two go on from there
        List<String> windows = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            try (var half = harness(2, subtask)) {
                half.initializeState(
                        AbstractStreamOperatorTestHarness.repartitionOperatorState(
                                checkpoint, 128, 1, 2, subtask));
                half.open();
                half.processWatermark(NOON + 999);
                assertThat(half.extractOutputValues()).isNotEmpty();
                half.extractOutputValues().forEach(w -> windows.add(w.stream().underlying()));
            }
        }

        // Then every window is closed by one of them
        assertThat(windows)
                .containsExactlyInAnyOrderElementsOf(
                        tickers.stream().map(ticker -> ticker.substring(2, 4)).toList());
    }

    @Test
    void forgetsAnExpiryDaysAfterItIsOver() throws Exception {
        release(trade(NOON, CALL, 1));
        assertThat(analyse.numKeyedStateEntries()).isEqualTo(1);

        // It stays over its last day and a weekend
        long over = newYork("2025-12-24T00:00:00");
        analyse.processWatermark(over + 3 * DAY);
        assertThat(analyse.numKeyedStateEntries()).isEqualTo(1);

        analyse.processWatermark(over + 4 * DAY);
        passAnHour();
        assertThat(analyse.numKeyedStateEntries()).isZero();
        assertThat(analyse.numEventTimeTimers()).isZero();
    }

    @Test
    void countsOnWhenOneTradeHasMovedEventTimeByYears() throws Exception {
        // Given an expiry, and a trade of another one on the last day there is
        release(trade(NOON, CALL, 1));
        analyse.processWatermark(NOON + 1000);
        analyse.processWatermark(4_102_444_799_998L);

        // When trades come that are late by years, of its trade date and of the one before
        release(late(NOON - 1, CALL, 3));
        release(late(NOON - 3 * DAY, CALL, 5));
        analyse.processWatermark(4_102_444_799_999L);
        analyse.setProcessingTime(1000);

        // Then they count as if they had come in time
        assertThat(analytics()).last().extracting(v -> v.day().sums().callVolume()).isEqualTo(4L);
        assertThat(analytics()).last().extracting(v -> v.day().tradeDate()).isEqualTo(20251222);
    }

    @Test
    void forgetsAfterARestartWhatItWouldHaveForgotten() throws Exception {
        // Given an expiry that is over and waits to be forgotten
        release(trade(NOON, CALL, 1));
        analyse.processWatermark(NOON + 30 * DAY);
        OperatorSubtaskState checkpoint = analyse.snapshot(1, 1);

        // When the job goes on, and its time comes before the first watermark
        analyse.close();
        analyse = harness(1, 0);
        analyse.initializeState(checkpoint);
        analyse.open();
        passAnHour();
        assertThat(analyse.numKeyedStateEntries()).isEqualTo(1);

        // Then it is forgotten an hour after that
        analyse.processWatermark(NOON + 30 * DAY);
        passAnHour();
        assertThat(analyse.numKeyedStateEntries()).isZero();
    }

    @Test
    void doesNotForgetWhatTradesAfterItsLastDay() throws Exception {
        // Given trades of an expiry that was over long ago
        String old = "O:SPXW211022P04500000";
        release(trade(NOON, old, 1));
        analyse.processWatermark(NOON + 1000);
        release(trade(NOON + 2000, old, 1));
        analyse.processWatermark(NOON + 3000);
        analyse.setProcessingTime(1000);

        // Then they count together
        assertThat(analytics().get(0).day().sums().trades()).isEqualTo(2);

        // And are forgotten once nobody trades them
        analyse.processWatermark(NOON + 4 * DAY);
        passAnHour();
        assertThat(analyse.numKeyedStateEntries()).isEqualTo(1);
        analyse.processWatermark(NOON + 2000 + 4 * DAY);
        passAnHour();
        assertThat(analyse.numKeyedStateEntries()).isZero();
    }

    @Test
    void countsALateTradeOfAnExpiryThatWasOverLongAgo() throws Exception {
        // Given that event time is years ahead of a trade
        release(trade(NOON, CALL, 1));
        analyse.processWatermark(NOON);
        String old = "O:SPXW211022P04500000";
        release(trade(newYork("2021-10-21T12:00:00"), old, 3));

        // When event time goes on before anything is written
        analyse.processWatermark(NOON + 1000);
        analyse.setProcessingTime(1000);

        // Then the trade is counted where it belongs
        assertThat(analytics())
                .filteredOn(values -> values.stream().text().equals("SPX:20211022"))
                .singleElement()
                .satisfies(
                        values -> {
                            assertThat(values.day().sums().trades()).isEqualTo(1);
                            assertThat(values.day().tradeDate()).isEqualTo(20211021);
                        });
    }

    @Test
    void whatWaitsToBeWrittenIsWrittenBeforeItIsForgotten() throws Exception {
        release(trade(NOON, CALL, 1));
        analyse.processWatermark(NOON + 1000);

        // When event time runs days ahead, and its time comes
        analyse.processWatermark(NOON + 30 * DAY);
        passAnHour();

        assertThat(analyse.numKeyedStateEntries()).isZero();
        assertThat(analytics()).singleElement();
    }

    @Test
    void thirtyDaysLeaveNoMoreStateThanFive() throws Exception {
        int[] entries = new int[31];
        int[] timers = new int[31];
        for (int date = 1; date <= 30; date++) {
            // Given an expiry that trades on its last day
            String ticker = "O:SPXW2511%02dC06870000".formatted(date);
            long noon = newYork("2025-11-%02dT12:00:00".formatted(date));
            release(trade(noon, ticker, 1));
            analyse.processWatermark(noon + 12 * 3_600_000);
            passAnHour();
            entries[date] = analyse.numKeyedStateEntries();
            timers[date] = analyse.numEventTimeTimers();
        }

        // Then the old ones are gone
        assertThat(entries[10]).isLessThanOrEqualTo(5);
        assertThat(entries[30]).isEqualTo(entries[10]);
        assertThat(timers[30]).isEqualTo(timers[10]);
    }

    private void passAnHour() throws Exception {
        analyse.setProcessingTime(analyse.getProcessingTime() + Duration.ofHours(1).toMillis());
    }

    private void release(OptionTrade... trades) throws Exception {
        analyse.processElement(new StreamRecord<>(batch(trades)));
    }

    private List<String> ends() {
        return analyse.extractOutputValues().stream()
                .flatMap(closed -> closed.windows().stream())
                .map(window -> window.stream() + " " + window.end())
                .toList();
    }

    private List<ExpiryAnalytics> analytics() {
        return values(AnalyseExpiries.ANALYTICS);
    }

    private <T> List<T> values(OutputTag<T> tag) {
        Queue<StreamRecord<T>> records = analyse.getSideOutput(tag);
        return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, TradeBatch, ClosedWindows>
            harness(int parallelism, int subtask) throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new AnalyseExpiries(
                        new UnderlyingFilter(false, Set.of("SPX")), Duration.ofSeconds(1)),
                batch -> batch.stream().text(),
                Types.STRING,
                128,
                parallelism,
                subtask);
    }
}

package io.massivepipeline.job.structure;

import io.massivepipeline.sources.trade.OptionTrade;
import io.massivepipeline.sources.trade.Price;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class OrderTradesTest {

    private static final Duration HORIZON = Duration.ofMinutes(2);

    private KeyedOneInputStreamOperatorTestHarness<String, OptionTrade, TradeBatch> order;

    @BeforeEach
    void open() throws Exception {
        order = harness(1, 0);
        order.open();
    }

    @AfterEach
    void close() throws Exception {
        order.close();
    }

    @Test
    void holdsTradesUntilNoEarlierOneCanBeOnTimeAndReleasesThemInIdOrder() throws Exception {
        // Given trades out of order
        receive(Trades.at(1003, 3), Trades.at(1001, 9), Trades.at(1001, 4), Trades.at(1005, 1));
        assertThat(released()).isEmpty();

        // When event time passes some of them
        order.processWatermark(1003);

        // Then these leave, in the order of their ids, in one batch
        assertThat(order.extractOutputValues()).hasSize(1);
        assertThat(released()).containsExactly("1001-4", "1001-9", "1003-3");
        assertThat(order.extractOutputValues().get(0).until()).isEqualTo(1003);

        // And the rest with the next advance
        order.processWatermark(1005);
        assertThat(released()).endsWith("1005-1");
    }

    @Test
    void dropsRepeatsAndSaysHowMany() throws Exception {
        // When one trade comes three times, once after it has left
        receive(Trades.at(1001, 4), Trades.at(1001, 4));
        order.processWatermark(1100);
        receive(Trades.at(1001, 4).arrival(true, 1200));
        order.processWatermark(1200);

        // Then it left once and two were counted
        assertThat(released()).containsExactly("1001-4");
        assertThat(order.extractOutputValues())
                .extracting(TradeBatch::duplicates)
                .containsExactly(1, 1);
    }

    @Test
    void keepsRepeatsWithoutANumberBecauseTheyMayBeSecondFills() throws Exception {
        receive(Trades.withoutSequence(1001), Trades.withoutSequence(1001));
        order.processWatermark(1100);

        assertThat(order.extractOutputValues().get(0).trades()).hasSize(2);
    }

    @Test
    void lateTradesLeaveWithTheNextOnTimeTradeOfTheirStream() throws Exception {
        // Given a stream that has moved on
        receive(Trades.at(5000, 1));
        order.processWatermark(5000);

        // When a late trade comes, then one on time
        receive(Trades.at(1000, 2).arrival(true, 5200), Trades.at(5150, 3));
        assertThat(released()).containsExactly("5000-1");
        order.processWatermark(5150);

        // Then they leave together
        assertThat(order.extractOutputValues().get(1).trades())
                .extracting(OrderTradesTest::id)
                .containsExactly("1000-2", "5150-3");
    }

    @Test
    void aLateTradeDoesNotWaitForAStreamThatFellSilent() throws Exception {
        // Given a late trade, when the feed knew 5200
        receive(Trades.at(1000, 2).arrival(true, 5200));
        order.processWatermark(5199);
        assertThat(released()).isEmpty();

        // When the feed has passed that
        order.processWatermark(5200);

        // Then it leaves alone
        assertThat(released()).containsExactly("1000-2");
    }

    @Test
    void remembersALateTradeAsLongAsAnyOther() throws Exception {
        // Given a trade hours late
        receive(Trades.at(1000, 2).arrival(true, 50_000_000));
        order.processWatermark(50_000_000);

        // When it is repeated within the horizon of its arrival
        receive(Trades.at(1000, 2).arrival(true, 50_100_000));
        order.processWatermark(50_100_000);

        // Then the repeat is known
        assertThat(released()).containsExactly("1000-2");
    }

    @Test
    void remembersTheFirstTradeAfterALongSilenceAsLongAsAnyOther() throws Exception {
        // Given a trade hours after the one before, which was the newest when it was judged
        receive(Trades.at(1000, 1));
        receive(Trades.at(50_000_000, 2).arrival(false, 1000));
        order.processWatermark(50_000_000);

        // When it is repeated within the horizon
        receive(Trades.at(50_000_000, 2).arrival(true, 50_100_000));
        order.processWatermark(50_100_000);

        // Then the repeat is known
        assertThat(released()).containsExactly("1000-1", "50000000-2");
    }

    @Test
    void forgetsIdsAfterTheHorizonAndTheStreamAfterItsExpiry() throws Exception {
        // Given trades on the eve of the expiry, 2025-12-22 20:55 UTC
        long t = 1766436900000L;
        long minute = Duration.ofMinutes(1).toMillis();
        receive(Trades.at(t, 1), Trades.at(t + minute, 2));
        order.processWatermark(t + minute);
        assertThat(order.numKeyedStateEntries()).isEqualTo(1);

        // When the horizon and the expiry date in New York and a day more are over, and an hour
        order.processWatermark(t + 2 * minute);
        order.processWatermark(t + 3 * minute);
        order.processWatermark(1766552400000L + Duration.ofDays(1).toMillis());
        order.setProcessingTime(Duration.ofHours(1).toMillis());

        // Then nothing is left
        assertThat(order.numKeyedStateEntries()).isZero();
        assertThat(order.numEventTimeTimers()).isZero();
    }

    /** The largest number and the largest hash there are: the next id is beyond 2^63. */
    @Test
    void releasesInOrderBeyondTheEndOfSignedNumbers() throws Exception {
        for (String price : new String[] {"99213.1", "288990.6"}) {
            receive(
                    Trades.at(1001, (1L << 43) - 1)
                            .price(Price.of(new BigDecimal(price)))
                            .size(7)
                            .exchange(300));
        }
        order.processWatermark(1001);

        assertThat(order.extractOutputValues().get(0).trades())
                .extracting(trade -> Long.toUnsignedString(trade.entrySequence()))
                .containsExactly("9223372036854775807", "9223372036854775808");
    }

    @Test
    void aCheckpointReleasesNothingAndForgetsNothing() throws Exception {
        // Given trades that nothing holds back but that no watermark has come, one of them late
        receive(Trades.at(1001, 1), Trades.at(1002, 2));
        order.processWatermark(1001);
        receive(Trades.at(1000, 3).arrival(true, 1001));

        // When there is a checkpoint before it comes
        order.snapshot(1, 1);
        assertThat(released()).containsExactly("1001-1");
        receive(Trades.at(1002, 4));
        order.processWatermark(1002);

        // Then all leave, those from before it too
        assertThat(released()).containsExactly("1001-1", "1000-3", "1002-2", "1002-4");
    }

    @Test
    void saysOnceThatAStreamIsNew() throws Exception {
        receive(Trades.at(1001, 1));
        order.processWatermark(1001);
        receive(Trades.at(1002, 2));
        order.processWatermark(1002);

        assertThat(order.extractOutputValues())
                .extracting(TradeBatch::first)
                .containsExactly(true, false);
    }

    @Test
    void aStreamIsNotNewAgainBecauseOneTradeHasMovedEventTimeByYears() throws Exception {
        // Given a stream, and a trade of the last day there is
        receive(Trades.at(1001, 1));
        order.processWatermark(1001);
        long leap = 4_102_444_799_999L;
        order.processWatermark(leap);
        order.setProcessingTime(Duration.ofMinutes(59).toMillis());

        // When it goes on, late
        receive(Trades.at(1002, 2).arrival(true, leap));
        order.processWatermark(Long.MAX_VALUE);

        // Then it is the stream that it was
        assertThat(order.extractOutputValues())
                .extracting(TradeBatch::first)
                .containsExactly(true, false);
    }

    @Test
    void theEndOfTheFeedReleasesEverything() throws Exception {
        receive(Trades.at(1001, 1), Trades.at(99_000, 2));

        order.processWatermark(Long.MAX_VALUE);

        assertThat(released()).containsExactly("1001-1", "99000-2");
        assertThat(order.numEventTimeTimers()).isZero();
    }

    @Test
    void continuesAfterARestoreWithAnotherParallelism() throws Exception {
        // Given many streams with trades that wait and ids that were given out
        List<OptionTrade.Builder> waiting = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String ticker = "O:AB%c251223P06870000".formatted('A' + i % 26);
            receive(Trades.of(ticker).timestamp(1000 + i / 26).sequence(i));
            waiting.add(Trades.of(ticker).timestamp(2000 + i / 26).sequence(i));
        }
        order.processWatermark(1500);
        int before = released().size();
        receive(waiting.toArray(new OptionTrade.Builder[0]));
        OperatorSubtaskState state = order.snapshot(1, 1);

        // When two subtasks continue, and all waiting trades come again
        List<String> after = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            try (var half = harness(2, subtask)) {
                half.initializeState(
                        AbstractStreamOperatorTestHarness.repartitionOperatorState(
                                state, 128, 1, 2, subtask));
                half.open();
                for (OptionTrade.Builder trade : waiting) {
                    OptionTrade built = trade.build();
                    if (owns(built, subtask)) {
                        half.processElement(built, built.timestamp());
                    }
                }
                half.processWatermark(Long.MAX_VALUE);
                half.extractOutputValues().forEach(batch -> ids(batch, after));
            }
        }

        // Then each trade has left once, before or after
        assertThat(before).isEqualTo(50);
        assertThat(after).hasSize(50).doesNotHaveDuplicates();
    }

    private static boolean owns(OptionTrade trade, int subtask) {
        return org.apache.flink.runtime.state.KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        trade.contract().expiryKey(), 128, 2)
                == subtask;
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, OptionTrade, TradeBatch> harness(
            int parallelism, int subtask) throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new OrderTrades(HORIZON),
                trade -> trade.contract().expiryKey(),
                Types.STRING,
                128,
                parallelism,
                subtask);
    }

    private void receive(OptionTrade.Builder... trades) throws Exception {
        for (OptionTrade.Builder trade : trades) {
            OptionTrade built = trade.build();
            order.processElement(built, built.timestamp());
        }
    }

    /** The ids that have left, in their order; of the sequence only the provider's number. */
    private List<String> released() {
        List<String> ids = new ArrayList<>();
        order.extractOutputValues().forEach(batch -> ids(batch, ids));
        return ids;
    }

    private static void ids(TradeBatch batch, List<String> into) {
        batch.trades().forEach(trade -> into.add(id(trade)));
    }

    private static String id(IdentifiedTrade trade) {
        return trade.trade().timestamp() + "-" + (trade.entrySequence() >>> 20);
    }
}

package io.massivepipeline.job.analytics;

import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.sources.trade.OptionTrade;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import static io.massivepipeline.job.analytics.TestTrades.CALL;
import static io.massivepipeline.job.analytics.TestTrades.CANCELLED;
import static io.massivepipeline.job.analytics.TestTrades.PUT;
import static io.massivepipeline.job.analytics.TestTrades.REPORTED_LATE;
import static io.massivepipeline.job.analytics.TestTrades.batch;
import static io.massivepipeline.job.analytics.TestTrades.late;
import static io.massivepipeline.job.analytics.TestTrades.newYork;
import static io.massivepipeline.job.analytics.TestTrades.reported;
import static io.massivepipeline.job.analytics.TestTrades.trade;
import static org.assertj.core.api.Assertions.assertThat;

class ExpiryDayTest {

    private static final StreamKey STREAM = StreamKey.parse("SPX:20251223");
    private static final long NOON = newYork("2025-12-22T12:00:00");

    private final ExpiryDay day = new ExpiryDay(STREAM);
    private final BurstCounter bursts = new BurstCounter();
    private final List<OneSecondWindow> windows = new ArrayList<>();

    @Test
    void aWindowHoldsTheOnTimeTradesOfOneSecond() {
        // Given trades of two seconds
        add(
                trade(NOON, CALL, 3, "7.7"),
                trade(NOON + 500, PUT, 5, "0.01"),
                reported(NOON + 600, CALL, 100, CANCELLED),
                trade(NOON + 999, CALL, 1, "10"),
                trade(NOON + 1000, PUT, 8));

        // Then the first second is closed by the trade of the next, regular trades in its sums
        assertThat(windows)
                .containsExactly(
                        new OneSecondWindow(
                                STREAM,
                                NOON + 1000,
                                new TradeSums(
                                        4,
                                        4,
                                        5,
                                        0,
                                        100,
                                        new BigDecimal("3315"),
                                        0,
                                        1,
                                        NOON + 999)));
        assertThat(windows.get(0).sums().volume()).isEqualTo(9);
        assertThat(day.openEnd()).isEqualTo(NOON + 2000);
    }

    @Test
    void theEndOfASecondClosesItOnce() {
        add(trade(NOON, CALL, 3));

        day.closeUntil(NOON + 998, windows::add);
        assertThat(windows).isEmpty();

        day.closeUntil(NOON + 999, windows::add);
        day.closeUntil(NOON + 5000, windows::add);
        assertThat(windows).extracting(OneSecondWindow::end).containsExactly(NOON + 1000);
    }

    @Test
    void sumsHoldWhatIsClosedAndWhatIsOpen() {
        add(trade(NOON, CALL, 3), trade(NOON + 1000, PUT, 8));

        TradeSums sums = sums();
        assertThat(sums.trades()).isEqualTo(2);
        assertThat(sums.callVolume()).isEqualTo(3);
        assertThat(sums.putVolume()).isEqualTo(8);
        assertThat(sums.premium()).isEqualByComparingTo("2750");
        assertThat(sums.lastTimestamp()).isEqualTo(NOON + 1000);
    }

    @Test
    void reportsAreSummedApart() {
        add(
                trade(NOON, CALL, 1),
                reported(NOON + 1, CALL, 20, REPORTED_LATE),
                reported(NOON + 2, PUT, 300, CANCELLED));

        TradeSums sums = sums();
        assertThat(sums.trades()).isEqualTo(3);
        assertThat(sums.volume()).isEqualTo(1);
        assertThat(sums.lateVolume()).isEqualTo(20);
        assertThat(sums.cancelledVolume()).isEqualTo(300);
        assertThat(sums.premium()).isEqualByComparingTo("250");
    }

    @Test
    void lateTradesAreInTheSumsAndNowhereElse() {
        // Given two of one contract and millisecond that came late, with one on time
        add(late(NOON, CALL, 3), late(NOON, CALL, 4), trade(NOON, CALL, 1));
        day.closeUntil(NOON + 999, windows::add);

        // Then they are no burst, in no window and in no rate
        DayAnalytics analytics = day.analytics(NOON + 1000);
        assertThat(windows).extracting(window -> window.sums().trades()).containsExactly(1L);
        assertThat(analytics.rates()).isEqualTo(new Rates(1, 1, 1, 1));
        assertThat(analytics.sums().bursts()).isZero();
        assertThat(day.top(50).contracts()).containsExactly(new ContractVolume(CALL, 1));

        // But in the sums
        assertThat(analytics.sums().trades()).isEqualTo(3);
        assertThat(analytics.sums().callVolume()).isEqualTo(8);
    }

    @Test
    void aLateTradeAloneMakesNoWindow() {
        add(late(NOON, CALL, 3));

        assertThat(day.openEnd()).isEqualTo(Long.MAX_VALUE);
        day.closeUntil(NOON + 5000, windows::add);
        assertThat(windows).isEmpty();
        assertThat(sums().callVolume()).isEqualTo(3);
    }

    @Test
    void aBurstIsTwoOrMoreOfOneContractInOneMillisecond() {
        // Given three of one contract among others, two of another, and neighbours
        add(
                trade(NOON, CALL, 1),
                trade(NOON, PUT, 1),
                trade(NOON, CALL, 1),
                trade(NOON, CALL, 1),
                trade(NOON + 1, CALL, 1),
                trade(NOON + 2, PUT, 1),
                trade(NOON + 2, PUT, 1));

        assertThat(sums().bursts()).isEqualTo(2);
        assertThat(sums().burstMax()).isEqualTo(3);
    }

    @Test
    void tradesOfDifferentContractsAreNoBurst() {
        add(trade(NOON, CALL, 1), trade(NOON, PUT, 1));
        day.closeUntil(NOON + 999, windows::add);

        assertThat(sums().bursts()).isZero();
        assertThat(sums().burstMax()).isZero();
        assertThat(windows.get(0).sums().largestGroup()).isEqualTo(1);
    }

    @Test
    void theBestSecondIsThatWithMostTrades() {
        add(
                trade(NOON, CALL, 1),
                trade(NOON + 1000, CALL, 1),
                trade(NOON + 1500, CALL, 1),
                trade(NOON + 3000, CALL, 1));

        assertThat(day.analytics(NOON + 4000).rates()).isEqualTo(new Rates(1, 4, 4, 2));
    }

    @Test
    void ratesFadeWithTimeAlone() {
        add(trade(NOON, CALL, 1));
        day.closeUntil(NOON + 999, windows::add);

        assertThat(day.analytics(NOON + 1000).rates()).isEqualTo(new Rates(1, 1, 1, 1));
        assertThat(day.analytics(NOON + 11_000).rates()).isEqualTo(new Rates(0, 0, 1, 1));
        assertThat(day.analytics(NOON + 60_000).contractsActive()).isEqualTo(1);
        assertThat(day.isActive()).isTrue();
        assertThat(day.analytics(NOON + 61_000).rates()).isEqualTo(new Rates(0, 0, 0, 1));
        assertThat(day.analytics(NOON + 61_000).contractsActive()).isZero();
        assertThat(day.isActive()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // An evening of the week
        "2025-12-22T19:59:59.999, 20251222, 2025-12-22T20:00:00.000, 20251223",
        // Friday evening to Monday, over the whole weekend
        "2025-12-19T19:59:59.999, 20251219, 2025-12-19T20:00:00.000, 20251222",
        "2025-12-21T12:00:00.000, 20251222, 2025-12-22T20:00:00.000, 20251223",
        // The Fridays before New York's clocks go forward and back
        "2025-03-07T19:59:59.999, 20250307, 2025-03-07T20:00:00.000, 20250310",
        "2025-10-31T19:59:59.999, 20251031, 2025-10-31T20:00:00.000, 20251103",
        // And the Sundays after
        "2025-03-09T19:59:59.999, 20250310, 2025-03-10T20:00:00.000, 20250311",
        "2025-11-02T20:30:00.000, 20251103, 2025-11-03T20:00:00.000, 20251104",
    })
    void allStartsFromZeroWithTheTradeDate(String last, int lastDate, String first, int firstDate) {
        // Given a busy second at the end of a trade date
        long before = newYork(last);
        add(trade(before, CALL, 7), trade(before, CALL, 7), late(before - 60_000, PUT, 1));
        assertThat(day.analytics(before + 1).tradeDate()).isEqualTo(lastDate);
        assertThat(sums().trades()).isEqualTo(3);

        // When the next one begins
        long after = newYork(first);
        add(trade(after, PUT, 2));
        day.closeUntil(after + 999, windows::add);

        // Then nothing of the old one is left, but both have their windows
        DayAnalytics analytics = day.analytics(after + 1000);
        assertThat(analytics.tradeDate()).isEqualTo(firstDate);
        assertThat(analytics.sums())
                .isEqualTo(new TradeSums(1, 0, 2, 0, 0, new BigDecimal("5E+2"), 0, 1, after));
        assertThat(analytics.rates()).isEqualTo(new Rates(1, 1, 1, 1));
        assertThat(analytics.contractsActive()).isEqualTo(1);
        assertThat(windows).hasSize(2);
    }

    @Test
    void aTradeOfAnEarlierTradeDateIsNotCounted() {
        long evening = newYork("2025-12-22T20:00:00");
        add(trade(evening, CALL, 1));

        add(late(evening - 1, CALL, 50));

        assertThat(sums().trades()).isEqualTo(1);
        assertThat(sums().callVolume()).isEqualTo(1);
    }

    @Test
    void aSecondThatALateTradeMadeYesterdaysIsNotCounted() {
        // Given a second that is open when a late trade of the next trade date comes
        long evening = newYork("2025-12-22T20:00:00");
        add(trade(evening - 1, CALL, 50), late(evening + 5, CALL, 1));

        // Then only that one counts, but the second has its window
        day.closeUntil(evening, windows::add);
        assertThat(day.analytics(evening).tradeDate()).isEqualTo(20251223);
        assertThat(day.analytics(evening).rates()).isEqualTo(Rates.NONE);
        assertThat(sums().callVolume()).isEqualTo(1);
        assertThat(windows).extracting(window -> window.sums().callVolume()).containsExactly(50L);
    }

    @Test
    void whatTradesOnInASecondOfYesterdayIsNotAmongTheRecent() {
        // Given a second that a late trade of the next trade date made yesterday's
        long evening = newYork("2025-12-22T20:00:00");
        add(trade(evening - 1, CALL, 50), late(evening + 5, CALL, 1));

        // When another trade comes in it, which another contract had
        add(trade(evening - 1, PUT, 7));

        // Then it is in the window and in nothing else
        day.closeUntil(evening, windows::add);
        assertThat(day.analytics(evening).rates()).isEqualTo(Rates.NONE);
        assertThat(day.analytics(evening).contractsActive()).isZero();
        assertThat(day.top(50).contracts()).isEmpty();
        assertThat(sums().trades()).isEqualTo(1);
        assertThat(windows).extracting(window -> window.sums().trades()).containsExactly(2L);
    }

    @Test
    void aCopyGoesItsOwnWay() {
        add(trade(NOON, CALL, 1));
        ExpiryDay copy = day.copy();

        add(trade(NOON + 1, CALL, 1), trade(NOON + 2000, CALL, 1));

        assertThat(copy.analytics(NOON).sums().trades()).isEqualTo(1);
        assertThat(copy.openEnd()).isEqualTo(NOON + 1000);
        assertThat(sums().trades()).isEqualTo(3);
    }

    private void add(OptionTrade... trades) {
        day.add(batch(trades).trades(), bursts, 0, windows::add);
    }

    private TradeSums sums() {
        return day.analytics(NOON).sums();
    }
}

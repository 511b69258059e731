package io.massivepipeline.job.analytics;

import io.massivepipeline.job.structure.IdentifiedTrade;
import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.job.structure.TradeBatch;
import io.massivepipeline.sources.trade.OptionContract;
import io.massivepipeline.sources.trade.OptionTrade;
import io.massivepipeline.sources.trade.Price;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Trades and batches for tests, with the parts that analytics look at. */
final class TestTrades {

    static final String CALL = "O:SPXW251223C06870000";
    static final String PUT = "O:SPXW251223P06870000";
    static final int CANCELLED = 201;
    static final int REPORTED_LATE = 202;
    static final int REGULAR = 209;

    private TestTrades() {}

    /** A regular trade on time: {@code size} at 2.5 dollars. */
    static OptionTrade trade(long timestamp, String ticker, int size) {
        return builder(timestamp, ticker, size).conditions(REGULAR).build();
    }

    static OptionTrade trade(long timestamp, String ticker, int size, String price) {
        return builder(timestamp, ticker, size)
                .price(Price.of(new BigDecimal(price)))
                .conditions(REGULAR)
                .build();
    }

    static OptionTrade reported(long timestamp, String ticker, int size, int condition) {
        return builder(timestamp, ticker, size).conditions(condition).build();
    }

    /** A regular trade that arrived too late. */
    static OptionTrade late(long timestamp, String ticker, int size) {
        return builder(timestamp, ticker, size)
                .conditions(REGULAR)
                .arrival(true, timestamp + 5000)
                .build();
    }

    private static OptionTrade.Builder builder(long timestamp, String ticker, int size) {
        return OptionTrade.builder()
                .contract(OptionContract.parse(ticker).orElseThrow())
                .price(Price.of(new BigDecimal("2.5")))
                .size(size)
                .timestamp(timestamp);
    }

    /** What is released together: in the order of ids, which here is that of time. */
    static TradeBatch batch(OptionTrade... trades) {
        List<IdentifiedTrade> identified = new ArrayList<>();
        for (int i = 0; i < trades.length; i++) {
            identified.add(new IdentifiedTrade(trades[i], i));
        }
        identified.sort(Comparator.naturalOrder());
        String stream = trades[0].contract().expiryKey();
        return new TradeBatch(StreamKey.parse(stream), identified, 0, false, Long.MIN_VALUE);
    }

    /** A moment of New York's wall clock, {@code 2025-12-22T20:00:00}. */
    static long newYork(String localTime) {
        return LocalDateTime.parse(localTime)
                .atZone(ZoneId.of("America/New_York"))
                .toInstant()
                .toEpochMilli();
    }
}

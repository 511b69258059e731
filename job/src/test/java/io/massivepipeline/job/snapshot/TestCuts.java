package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.context.ChainContext;
import io.massivepipeline.job.context.ContextUpdate;
import io.massivepipeline.job.context.Spot;
import io.massivepipeline.job.structure.IdentifiedTrade;
import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.sources.poll.chain.ChainContract;
import io.massivepipeline.sources.poll.spot.SpotPrice;
import io.massivepipeline.sources.trade.OptionContract;
import io.massivepipeline.sources.trade.OptionRight;
import io.massivepipeline.sources.trade.OptionTrade;
import io.massivepipeline.sources.trade.Price;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;

/** Trades, prices and chains for tests, with the parts that snapshots look at. */
final class TestCuts {

    private TestCuts() {}

    /** A regular trade on time. */
    static OptionTrade trade(long timestamp, String ticker, int size, String price) {
        return builder(timestamp, ticker, size, price).conditions(209).build();
    }

    static OptionTrade.Builder builder(long timestamp, String ticker, int size, String price) {
        return OptionTrade.builder()
                .contract(OptionContract.parse(ticker).orElseThrow())
                .price(Price.of(new BigDecimal(price)))
                .size(size)
                .timestamp(timestamp);
    }

    /** What one trade adds to a cut. */
    static CutBatch batch(long cut, OptionTrade trade) {
        ContractTrades group = ContractTrades.of(new IdentifiedTrade(trade, 1));
        return new CutBatch(
                StreamKey.parse(trade.contract().expiryKey()),
                List.of(new CutTrades(cut, List.of(group))));
    }

    static ContextUpdate spot(long at, String symbol, String value) {
        return ContextUpdate.of(
                new Spot(
                        at,
                        new SpotPrice(
                                symbol,
                                "I:" + symbol,
                                new BigDecimal(value),
                                null,
                                at - 100,
                                "open",
                                "REAL-TIME")));
    }

    /** A chain of these tickers, each quoted at a bid. */
    static ContextUpdate chain(long at, String stream, String bid, String... tickers) {
        List<ChainContract> contracts =
                Arrays.stream(tickers)
                        .map(ticker -> OptionContract.parse(ticker).orElseThrow())
                        .map(contract -> contract(contract, new BigDecimal(bid)))
                        .toList();
        long atm = contracts.get(0).strike();
        return ContextUpdate.of(
                new ChainContext(
                        StreamKey.parse(stream),
                        at,
                        at,
                        1,
                        0,
                        BigDecimal.valueOf(atm, 3),
                        atm,
                        100,
                        5000,
                        atm,
                        atm,
                        contracts));
    }

    private static ChainContract contract(OptionContract of, BigDecimal bid) {
        return new ChainContract(
                of.ticker(),
                of.root(),
                of.right() == OptionRight.CALL ? OptionRight.CALL : OptionRight.PUT,
                of.expiry(),
                of.strikeThousandths(),
                100,
                bid,
                bid.add(BigDecimal.ONE),
                null,
                1_766_000_000_000L,
                null,
                null,
                0.25,
                -0.5,
                null,
                null,
                null,
                7L,
                null);
    }

    /** A moment of New York's wall clock, {@code 2025-12-22T20:00:00}. */
    static long newYork(String localTime) {
        return LocalDateTime.parse(localTime)
                .atZone(ZoneId.of("America/New_York"))
                .toInstant()
                .toEpochMilli();
    }
}

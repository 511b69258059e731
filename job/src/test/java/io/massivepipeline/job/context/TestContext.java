package io.massivepipeline.job.context;

import io.massivepipeline.sources.poll.chain.ChainContract;
import io.massivepipeline.sources.poll.spot.SpotPrice;
import io.massivepipeline.sources.trade.OptionContract;

import java.math.BigDecimal;

/** Prices, contracts and selections of which only what a test is about is said. */
final class TestContext {

    private TestContext() {}

    static SpotPrice price(String symbol, String value, Long volume, long timestamp) {
        String apiSymbol = volume == null ? "I:" + symbol : symbol;
        return new SpotPrice(
                symbol, apiSymbol, new BigDecimal(value), volume, timestamp, "open", "REAL-TIME");
    }

    static SpotPrice index(String symbol, String value) {
        return price(symbol, value, null, 0);
    }

    /** A contract that was never quoted. */
    static ChainContract contract(String ticker) {
        OptionContract parsed = OptionContract.parse(ticker).orElseThrow();
        return new ChainContract(
                ticker,
                parsed.root(),
                parsed.right(),
                parsed.expiry(),
                parsed.strikeThousandths(),
                100,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}

package io.massivepipeline.job.structure;

import io.massivepipeline.sources.trade.OptionContract;
import io.massivepipeline.sources.trade.OptionTrade;
import io.massivepipeline.sources.trade.Price;

import java.math.BigDecimal;

/** Trades for tests: one contract of SPX unless said otherwise. */
final class Trades {

    static final String TICKER = "O:SPXW251223P06870000";
    static final String KEY = "SPX:20251223";

    private Trades() {}

    static OptionTrade.Builder at(long timestamp, long sequence) {
        return of(TICKER).timestamp(timestamp).sequence(sequence);
    }

    static OptionTrade.Builder withoutSequence(long timestamp) {
        return of(TICKER).timestamp(timestamp);
    }

    static OptionTrade.Builder of(String ticker) {
        return OptionTrade.builder()
                .contract(OptionContract.parse(ticker).orElseThrow())
                .price(Price.of(new BigDecimal("7.7")))
                .size(1)
                .exchange(302)
                .conditions(209);
    }
}

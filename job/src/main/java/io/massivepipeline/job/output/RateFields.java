package io.massivepipeline.job.output;

import io.massivepipeline.job.analytics.Rates;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/** Rates as the contract writes them: trades per second, of at most three decimals. */
final class RateFields {

    private static final int DECIMALS = 3;

    private RateFields() {}

    static void put(Map<String, String> fields, Rates rates) {
        fields.put("rate_1s", Long.toString(rates.second()));
        fields.put("rate_10s", perSecond(rates.tenSeconds(), 10));
        fields.put("rate_60s", perSecond(rates.minute(), 60));
        fields.put("peak_rate_1s", Long.toString(rates.bestSecond()));
    }

    private static String perSecond(long trades, int seconds) {
        return BigDecimal.valueOf(trades)
                .divide(BigDecimal.valueOf(seconds), DECIMALS, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }
}

package io.massivepipeline.job.report.result;

import java.math.BigDecimal;
import java.util.Map;

/**
 * What stands in Redis of one underlying and expiry.
 *
 * @param key both, {@code SPX:20251223}
 * @param entries trades in the stream
 * @param day the fields of the contract, of the running trade date
 */
public record ExpiryResult(String key, long entries, Map<String, String> day) {

    public String underlying() {
        return key.substring(0, key.indexOf(':'));
    }

    /** A whole number of the trade date, 0 if it did not occur. */
    public long number(String field) {
        return Long.parseLong(day.getOrDefault(field, "0"));
    }

    /** Dollars of the trade date's regular trades. */
    public BigDecimal premium() {
        return new BigDecimal(day.getOrDefault("premium", "0"));
    }
}

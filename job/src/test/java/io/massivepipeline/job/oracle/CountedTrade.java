package io.massivepipeline.job.oracle;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/**
 * A distinct trade of the feed, with what analytics look at.
 *
 * @param expiry underlying and expiry, {@code SPX:20251223}
 * @param known event time up to which no cut is open to the trade any more
 */
record CountedTrade(
        String expiry,
        String contract,
        long t,
        boolean late,
        String report,
        long size,
        BigDecimal price,
        long sequence,
        String conditions,
        long known) {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    boolean isRegular() {
        return report.equals("regular");
    }

    boolean isCall() {
        return contract.charAt(contract.length() - 9) == 'C';
    }

    BigDecimal premium() {
        return price.multiply(BigDecimal.valueOf(size * 100));
    }

    long secondEnd() {
        return (t / 1000 + 1) * 1000;
    }

    /** The New York date, from 20:00 on the next one, at weekends Monday's. */
    int tradeDate() {
        LocalDateTime shifted =
                LocalDateTime.ofInstant(Instant.ofEpochMilli(t), NEW_YORK).plusHours(4);
        while (shifted.getDayOfWeek() == DayOfWeek.SATURDAY
                || shifted.getDayOfWeek() == DayOfWeek.SUNDAY) {
            shifted = shifted.plusDays(1);
        }
        return shifted.getYear() * 10_000 + shifted.getMonthValue() * 100 + shifted.getDayOfMonth();
    }
}

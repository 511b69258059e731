package io.massivepipeline.sources.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** The last day of an option, a date in New York. */
public final class ExpiryDate {

    /** From 20:00 to midnight; clocks are never changed in between. */
    private static final long EVENING_MS = 4 * 3_600_000L;

    private ExpiryDate() {}

    /** The date behind a number such as {@code 20251223}. */
    public static LocalDate of(int yyyymmdd) {
        return LocalDate.of(yyyymmdd / 10_000, yyyymmdd / 100 % 100, yyyymmdd % 100);
    }

    /**
     * When the date is over in New York, Unix milliseconds. Costs a look into a table.
     *
     * @param yyyymmdd the date as a number
     */
    public static long endOf(int yyyymmdd) {
        return TradeDate.eveningBefore(of(yyyymmdd).plusDays(1)) + EVENING_MS;
    }

    /**
     * How many calendar days in New York lie between an instant and the date; 0 on the date itself,
     * also after 20:00, and negative when it is over. Days of the calendar, not trade dates: on a
     * Monday at 21:00 an option that expires on Tuesday has a day left.
     *
     * @param yyyymmdd the date as a number
     * @param epochMs Unix milliseconds
     */
    public static int daysFrom(long epochMs, int yyyymmdd) {
        LocalDate today = Instant.ofEpochMilli(epochMs).atZone(TradeDate.NEW_YORK).toLocalDate();
        return Math.toIntExact(ChronoUnit.DAYS.between(today, of(yyyymmdd)));
    }
}

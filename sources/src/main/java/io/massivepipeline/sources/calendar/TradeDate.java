package io.massivepipeline.sources.calendar;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/**
 * The trade date of an instant: its date in New York, where 20:00 and later belong to the next day,
 * and Saturday and Sunday to Monday. That is when Cboe's global trading hours begin (20:15 on the
 * evening before, Sunday to Thursday). Holidays have trade dates of their own.
 */
public final class TradeDate {

    static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private static final LocalTime NEXT_DAY_FROM = LocalTime.of(20, 0);
    private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2100, 1, 1);
    private static final long DAY = 86_400_000L;

    /** For each trade date from {@link #FIRST}: when it begins, and its number. */
    private static final long[] STARTS = new long[days()];

    private static final int[] NUMBERS = new int[days()];

    static {
        for (int i = 0; i < STARTS.length; i++) {
            LocalDate date = FIRST.plusDays(i);
            STARTS[i] = startOf(date);
            NUMBERS[i] = number(pastWeekend(date));
        }
    }

    private TradeDate() {}

    /**
     * The trade date of an instant, as a number: {@code 20251223}. Costs a look into a table for
     * the years 2000 to 2099.
     *
     * @param epochMs Unix milliseconds
     */
    public static int of(long epochMs) {
        long day = Math.floorDiv(epochMs, DAY) - FIRST.toEpochDay();
        if (day < 1 || day >= STARTS.length) {
            return computed(epochMs);
        }
        // 20:00 in New York is 00:00 or 01:00 UTC, so the date is that of UTC or the one before.
        return epochMs >= STARTS[(int) day] ? NUMBERS[(int) day] : NUMBERS[(int) day - 1];
    }

    private static int computed(long epochMs) {
        LocalDate date =
                Instant.ofEpochMilli(epochMs)
                        .atZone(NEW_YORK)
                        .toLocalDateTime()
                        .plusHours(4)
                        .toLocalDate();
        return number(pastWeekend(date));
    }

    /** 20:00 in New York on the evening before a date, Unix milliseconds. */
    static long eveningBefore(LocalDate date) {
        long day = date.toEpochDay() - FIRST.toEpochDay();
        return day >= 0 && day < STARTS.length ? STARTS[(int) day] : startOf(date);
    }

    private static long startOf(LocalDate date) {
        return date.minusDays(1).atTime(NEXT_DAY_FROM).atZone(NEW_YORK).toInstant().toEpochMilli();
    }

    private static LocalDate pastWeekend(LocalDate date) {
        return date.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0
                ? date.with(TemporalAdjusters.next(DayOfWeek.MONDAY))
                : date;
    }

    private static int number(LocalDate date) {
        return date.getYear() * 10_000 + date.getMonthValue() * 100 + date.getDayOfMonth();
    }

    private static int days() {
        return (int) (LAST.toEpochDay() - FIRST.toEpochDay());
    }
}

package io.massivepipeline.sources.calendar;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;

import static org.assertj.core.api.Assertions.assertThat;

class TradeDateTest {

    @ParameterizedTest(name = "{0} is of {1}")
    @CsvSource({
        "2025-12-22T14:30:00Z,20251222", // Monday 09:30
        "2025-12-23T00:59:59.999Z,20251222", // Monday 19:59:59.999, winter
        "2025-12-23T01:00:00Z,20251223", // Monday 20:00
        "2025-07-14T23:59:59.999Z,20250714", // Monday 19:59:59.999, summer
        "2025-07-15T00:00:00Z,20250715", // Monday 20:00
        "2025-12-20T00:59:59.999Z,20251219", // Friday 19:59:59.999
        "2025-12-20T01:00:00Z,20251222", // Friday 20:00
        "2025-12-20T15:00:00Z,20251222", // Saturday
        "2025-12-21T15:00:00Z,20251222", // Sunday
        "2025-12-22T02:00:00Z,20251222", // Sunday 21:00
        "2025-03-08T15:00:00Z,20250310", // Saturday before the clocks go forward
        "2025-03-09T23:59:59.999Z,20250310", // Sunday after it
        "2025-03-11T00:00:00Z,20250311", // Monday 20:00, summer since yesterday
        "2025-11-03T01:00:00Z,20251103", // Sunday 20:00, winter since the morning
        "2025-12-25T15:00:00Z,20251225", // a holiday is a date of its own
        "1999-12-31T15:00:00Z,19991231", // before the table
        "2100-01-04T15:00:00Z,21000104" // after it
    })
    void followsTheContract(Instant instant, int expected) {
        assertThat(TradeDate.of(instant.toEpochMilli())).isEqualTo(expected);
    }

    /** The contract's rule, written again with the calendar of the JDK, around every boundary. */
    @Test
    void agreesWithZoneArithmeticAroundEveryBoundary() {
        ZoneId newYork = ZoneId.of("America/New_York");
        for (int day = 0; day < 366 * 102; day++) {
            LocalDate date = LocalDate.of(1999, 1, 1).plusDays(day);
            for (String time : new String[] {"00:00", "19:59:59.999", "20:00"}) {
                long t =
                        ZonedDateTime.parse(
                                        date
                                                + "T"
                                                + (time.length() == 5 ? time + ":00" : time)
                                                + "Z[UTC]")
                                .withZoneSameLocal(newYork)
                                .toInstant()
                                .toEpochMilli();
                assertThat(TradeDate.of(t)).as("%s %s", date, time).isEqualTo(byRule(t, newYork));
            }
        }
    }

    private static int byRule(long t, ZoneId newYork) {
        ZonedDateTime there = Instant.ofEpochMilli(t).atZone(newYork);
        LocalDate date =
                there.getHour() >= 20 ? there.toLocalDate().plusDays(1) : there.toLocalDate();
        while (date.getDayOfWeek() == DayOfWeek.SATURDAY
                || date.getDayOfWeek() == DayOfWeek.SUNDAY) {
            date = date.plusDays(1);
        }
        return Integer.parseInt(date.toString().replace("-", ""));
    }
}

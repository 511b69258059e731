package io.massivepipeline.sources.calendar;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class TradingCalendarTest {

    private final TradingCalendar calendar = TradingCalendar.bundled();

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "2025-12-22T14:29:59.999Z,false", // Monday 09:29:59.999
        "2025-12-22T14:30:00Z,true",
        "2025-12-22T20:59:59.999Z,true", // 15:59:59.999
        "2025-12-22T21:00:00Z,false",
        "2025-07-14T13:30:00Z,true", // summer time
        "2025-07-14T13:29:59Z,false",
        "2025-12-24T17:59:59Z,true", // closes at 13:00
        "2025-12-24T18:00:00Z,false",
        "2025-12-25T16:00:00Z,false", // Christmas
        "2025-12-20T16:00:00Z,false", // Saturday
        "2030-12-25T16:00:00Z,true" // beyond the calendar a weekday is a trading day
    })
    void knowsRegularSessions(Instant instant, boolean open) {
        assertThat(calendar.sessionAt(instant.toEpochMilli()).isPresent()).isEqualTo(open);
    }

    @Test
    void saysHowFarItReaches() {
        assertThat(calendar.lastYear()).isEqualTo(2028);
        assertThat(calendar.covers(Instant.parse("2029-01-01T04:59:59Z").toEpochMilli())).isTrue();
        assertThat(calendar.covers(Instant.parse("2029-01-01T05:00:00Z").toEpochMilli())).isFalse();
    }

    /** The bundled days against the exchange's rules (NYSE Rule 7.2), computed here. */
    @Test
    void holidaysFollowTheExchangesRules() {
        for (int year = 2024; year <= calendar.lastYear(); year++) {
            Set<LocalDate> closed =
                    LocalDate.of(year, 1, 1)
                            .datesUntil(LocalDate.of(year + 1, 1, 1))
                            .filter(date -> date.getDayOfWeek().getValue() <= 5)
                            .filter(date -> !calendar.isTradingDay(date))
                            .collect(Collectors.toCollection(TreeSet::new));

            assertThat(closed).isEqualTo(holidays(year));
        }
    }

    private static Set<LocalDate> holidays(int year) {
        Set<LocalDate> days = new TreeSet<>();
        days.add(LocalDate.of(year, 1, 1)); // on a Saturday it is not moved to the old year
        days.add(nth(year, 1, 3, DayOfWeek.MONDAY));
        days.add(nth(year, 2, 3, DayOfWeek.MONDAY));
        days.add(easter(year).minusDays(2));
        days.add(LocalDate.of(year, 5, 1).with(TemporalAdjusters.lastInMonth(DayOfWeek.MONDAY)));
        days.add(observed(LocalDate.of(year, 6, 19)));
        days.add(observed(LocalDate.of(year, 7, 4)));
        days.add(nth(year, 9, 1, DayOfWeek.MONDAY));
        days.add(nth(year, 11, 4, DayOfWeek.THURSDAY));
        days.add(observed(LocalDate.of(year, 12, 25)));
        if (year == 2025) {
            days.add(LocalDate.of(2025, 1, 9)); // day of mourning
        }
        days.removeIf(date -> date.getDayOfWeek().getValue() > 5);
        return days;
    }

    private static LocalDate nth(int year, int month, int n, DayOfWeek day) {
        return LocalDate.of(year, month, 1).with(TemporalAdjusters.dayOfWeekInMonth(n, day));
    }

    private static LocalDate observed(LocalDate date) {
        return switch (date.getDayOfWeek()) {
            case SATURDAY -> date.minusDays(1);
            case SUNDAY -> date.plusDays(1);
            default -> date;
        };
    }

    /** Gregorian Easter, after Meeus. */
    private static LocalDate easter(int year) {
        int a = year % 19;
        int b = year / 100;
        int c = year % 100;
        int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
        int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
        return LocalDate.of(year, f / 31, f % 31 + 1);
    }
}

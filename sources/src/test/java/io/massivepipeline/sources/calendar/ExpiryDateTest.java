package io.massivepipeline.sources.calendar;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;

import static org.assertj.core.api.Assertions.assertThat;

class ExpiryDateTest {

    @Test
    void aDateEndsAtMidnightInNewYorkAlsoWhenClocksAreChanged() {
        for (LocalDate date = LocalDate.of(2000, 1, 1);
                date.getYear() < 2100;
                date = date.plusDays(1)) {
            int number =
                    date.getYear() * 10_000 + date.getMonthValue() * 100 + date.getDayOfMonth();

            assertThat(ExpiryDate.of(number)).isEqualTo(date);
            assertThat(ExpiryDate.endOf(number))
                    .as("the end of %s", date)
                    .isEqualTo(
                            date.plusDays(1)
                                    .atStartOfDay(ZoneId.of("America/New_York"))
                                    .toInstant()
                                    .toEpochMilli());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2025-12-22T23:59:59.999-05:00, 1",
        "2025-12-23T00:00:00-05:00, 0",
        // After 20:00 it is the next trade date, but not the next day.
        "2025-12-22T20:00:00-05:00, 1",
        "2025-12-22T21:00:00-05:00, 1",
        "2025-12-24T00:00:00-05:00, -1",
        "2025-12-19T12:00:00-05:00, 4"
    })
    void daysAreThoseOfTheCalendarInNewYork(String now, int days) {
        long at = OffsetDateTime.parse(now).toInstant().toEpochMilli();

        assertThat(ExpiryDate.daysFrom(at, 20251223)).isEqualTo(days);
    }

    /** Clocks go forward on 2026-03-08 and back on 2025-11-02, in New York and not in Europe. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-08T04:59:59.999Z, 20260309, 2",
        "2026-03-08T05:00:00Z, 20260309, 1",
        "2026-03-09T03:59:59.999Z, 20260309, 1",
        "2026-03-09T04:00:00Z, 20260309, 0",
        "2025-11-02T03:59:59.999Z, 20251103, 2",
        "2025-11-02T04:00:00Z, 20251103, 1",
        "2025-11-03T04:59:59.999Z, 20251103, 1",
        "2025-11-03T05:00:00Z, 20251103, 0"
    })
    void daysOfTheClockChangeAreDays(String now, int expiry, int days) {
        assertThat(ExpiryDate.daysFrom(Instant.parse(now).toEpochMilli(), expiry)).isEqualTo(days);
    }
}

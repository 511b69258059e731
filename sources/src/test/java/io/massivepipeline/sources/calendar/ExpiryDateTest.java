package io.massivepipeline.sources.calendar;

import org.junit.jupiter.api.Test;

import java.time.LocalDate;
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
}

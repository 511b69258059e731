package io.massivepipeline.job.output;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import static org.assertj.core.api.Assertions.assertThat;

class RetentionTest {

    /** In New York it is still the 22nd. */
    private static final Instant NOW = Instant.parse("2025-12-23T04:30:00Z");

    private final Retention retention =
            new Retention(Duration.ofDays(3), Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void countsFromTheEndOfTheExpiryDateInNewYork() {
        assertThat(retention.expireAt(20251222)).isEqualTo(millis("2025-12-26T05:00:00Z"));
        assertThat(retention.expireAt(20251231)).isEqualTo(millis("2026-01-04T05:00:00Z"));
        // In summer midnight is an hour earlier
        assertThat(retention.expireAt(20260630)).isEqualTo(millis("2026-07-04T04:00:00Z"));
    }

    @Test
    void countsFromNowWhereTheExpiryIsOver() {
        assertThat(retention.expireAt(20251221)).isEqualTo(millis("2025-12-26T04:30:00Z"));
        assertThat(retention.expireAt(20211021)).isEqualTo(millis("2025-12-26T04:30:00Z"));
    }

    private static long millis(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}

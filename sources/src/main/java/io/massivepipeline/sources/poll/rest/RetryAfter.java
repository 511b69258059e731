package io.massivepipeline.sources.poll.rest;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The header that says how long to wait: seconds, or a date (RFC 9110, 10.2.3). */
final class RetryAfter {

    private RetryAfter() {}

    /** How long to wait, or null if it is not said in a way that can be read. */
    static Duration read(String header, Clock clock) {
        if (header == null || header.isBlank()) {
            return null;
        }
        String text = header.strip();
        try {
            if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Duration.ofSeconds(Long.parseLong(text));
            }
            ZonedDateTime until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            Duration wait = Duration.between(clock.instant(), until.toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (NumberFormatException | DateTimeException | ArithmeticException unreadable) {
            return null;
        }
    }
}

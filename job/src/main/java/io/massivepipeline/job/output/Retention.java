package io.massivepipeline.job.output;

import io.massivepipeline.sources.calendar.ExpiryDate;

import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;

/**
 * How long the keys of an expiry stay: {@code max(end of the expiry date in New York, now) +
 * retention}.
 */
final class Retention implements Serializable {

    private static final long serialVersionUID = 1L;

    private final long retentionMs;
    private final Clock clock;

    /**
     * @param clock serializable, as the JDK's are
     */
    Retention(Duration retention, Clock clock) {
        this.retentionMs = retention.toMillis();
        this.clock = clock;
    }

    /**
     * When the keys of an expiry expire, Unix milliseconds.
     *
     * @param expiry the date as a number
     */
    long expireAt(int expiry) {
        return Math.max(ExpiryDate.endOf(expiry), clock.millis()) + retentionMs;
    }
}

package io.massivepipeline.sinks.redis.retry;

import java.io.Serializable;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt: doubling up to a limit, and of that a random share
 * between a half and the whole, so that many writers do not come back at once.
 */
public record Backoff(Duration first, Duration longest) implements Serializable {

    public Backoff {
        if (first.toMillis() < 1 || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "A back-off goes from at least 1 ms to something longer.");
        }
    }

    /**
     * @param attempt how many attempts have failed in a row, from 1
     * @param random numbers from 0 to below 1
     * @return milliseconds, at least 1
     */
    public long delayMillis(int attempt, DoubleSupplier random) {
        int doublings = Math.min(attempt - 1, 30);
        long whole = Math.min(longest.toMillis(), first.toMillis() << doublings);
        if (whole <= 0) {
            whole = longest.toMillis();
        }
        return Math.max(1, (long) (whole * (0.5 + random.getAsDouble() / 2)));
    }
}

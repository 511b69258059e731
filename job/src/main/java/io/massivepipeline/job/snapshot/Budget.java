package io.massivepipeline.job.snapshot;

/**
 * A token bucket of the wall clock: how many publications a subtask may afford. Times are Unix
 * milliseconds.
 *
 * <p>It is filled a little slower than the rate and holds no more than the difference, so that no
 * second has more publications than the rate, however they cluster. A rate that is too small for
 * that may be passed by the one token that the bucket holds at least.
 */
final class Budget {

    /** What the bucket holds, in parts of a second. */
    private static final double BURST_SECONDS = 0.02;

    /** From this rate on one token a second can be spared. */
    private static final double SPARING_RATE = 20;

    private static final double MS = 1000;

    private final double rate;
    private final double capacity;
    private final double perMs;

    private double tokens;
    private long filledAt;

    /**
     * @param rate publications a second; 0 for no limit
     */
    Budget(double rate) {
        this.rate = rate;
        this.capacity = Math.max(1, rate * BURST_SECONDS);
        this.perMs = (rate >= SPARING_RATE ? rate - capacity : rate) / MS;
        this.tokens = capacity;
    }

    boolean isUnlimited() {
        return rate == 0;
    }

    double rate() {
        return rate;
    }

    /** Takes a token if there is one. */
    boolean take(long now) {
        if (isUnlimited()) {
            return true;
        }
        fill(now);
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    /** Gives back a token that was not needed. */
    void giveBack() {
        tokens = Math.min(capacity, tokens + 1);
    }

    /** When there will be a token, later than now. */
    long nextAt(long now) {
        fill(now);
        return now + Math.max(1, (long) Math.ceil((1 - tokens) / perMs));
    }

    /** A clock that goes back fills nothing. */
    private void fill(long now) {
        if (now > filledAt) {
            tokens = Math.min(capacity, tokens + (now - filledAt) * perMs);
        }
        filledAt = now;
    }
}

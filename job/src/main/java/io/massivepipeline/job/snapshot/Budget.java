package io.massivepipeline.job.snapshot;

import java.util.Arrays;

/**
 * A token bucket of the wall clock: how many publications a subtask may afford. Times are Unix
 * milliseconds.
 *
 * <p>A bucket alone lets a full one and what is filled in meanwhile through within one second, so
 * there is also a look back: no second has more publications than the rate, however they cluster.
 * Rates below {@value #WINDOW_RATE} go without: there the one token that a bucket holds at least
 * would be too large a part.
 */
final class Budget {

    private static final double BURST_SECONDS = 0.05;
    private static final double WINDOW_RATE = 20;
    private static final double SECOND = 1000;
    private static final long NEVER = Long.MIN_VALUE / 2;

    private final double rate;
    private final double capacity;

    /** When the last tokens were taken, as many as a second may have; the oldest is next. */
    private final long[] taken;

    private int next;
    private double tokens;
    private long filledAt;

    /**
     * @param rate publications a second; 0 for no limit
     */
    Budget(double rate) {
        this.rate = rate;
        this.capacity = Math.max(1, rate * BURST_SECONDS);
        this.tokens = capacity;
        this.taken = new long[rate >= WINDOW_RATE ? (int) Math.min(rate, 1 << 20) : 0];
        Arrays.fill(taken, NEVER);
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
        if (tokens < 1 || now < windowOpensAt()) {
            return false;
        }
        tokens--;
        if (taken.length > 0) {
            taken[next] = now;
            next = (next + 1) % taken.length;
        }
        return true;
    }

    /** Gives back the token that was taken last, which was not needed. */
    void giveBack() {
        tokens = Math.min(capacity, tokens + 1);
        if (taken.length > 0) {
            next = (next + taken.length - 1) % taken.length;
            taken[next] = NEVER;
        }
    }

    /** When there will be a token, later than now. */
    long nextAt(long now) {
        fill(now);
        long filled = now + Math.max(1, (long) Math.ceil((1 - tokens) * SECOND / rate));
        return Math.max(filled, windowOpensAt());
    }

    private long windowOpensAt() {
        return taken.length == 0 ? Long.MIN_VALUE : taken[next] + (long) SECOND;
    }

    /** A clock that goes back fills nothing, and what it took by then is no guide any more. */
    private void fill(long now) {
        if (now >= filledAt) {
            tokens = Math.min(capacity, tokens + (now - filledAt) * rate / SECOND);
        } else {
            Arrays.fill(taken, NEVER);
        }
        filledAt = now;
    }
}

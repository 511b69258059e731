package io.massivepipeline.sources.live.protocol;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next connection: doubling from the initial delay to the largest, with
 * up to a fifth less at random so that two clients of one account drift apart, and never less than
 * the initial delay.
 */
final class Backoff {

    private static final double JITTER = 0.2;

    private final long initial;
    private final long max;
    private final RandomGenerator random;
    private long ceiling;

    Backoff(Duration initial, Duration max, RandomGenerator random) {
        this.initial = initial.toMillis();
        this.max = Math.max(this.initial, max.toMillis());
        this.random = random;
        reset();
    }

    /** The next delay, in milliseconds. */
    long next() {
        long floor = Math.max(initial, (long) (ceiling * (1 - JITTER)));
        long delay = floor + (long) (random.nextDouble() * (ceiling - floor + 1));
        ceiling = Math.min(max, ceiling * 2);
        return delay;
    }

    /** The feed is stable again: the next delay is the initial one. */
    void reset() {
        ceiling = initial;
    }
}

package io.massivepipeline.sources.poll;

import java.time.Duration;

/**
 * Ticks at a fixed rate, the first at once. Ticks that pass while nobody waits are skipped: they
 * are not made up for, and the others stay where they were. Setting the time of day changes
 * nothing.
 */
final class FixedRate {

    private final long interval;
    private final PollTime time;
    private long next;

    FixedRate(Duration interval, PollTime time) {
        this.interval = interval.toNanos();
        this.time = time;
        this.next = time.nanos();
    }

    /** Waits for the next tick and takes it: the next one is the first that is still to come. */
    void await() throws InterruptedException {
        time.awaitNanos(next);
        long passed = (time.nanos() - next) / interval;
        next += (Math.max(0, passed) + 1) * interval;
    }
}

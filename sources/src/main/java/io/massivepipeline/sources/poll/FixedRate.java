package io.massivepipeline.sources.poll;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Ticks at a fixed rate, the first at once. Ticks that pass while nobody waits are skipped: they
 * are not made up for, and the others stay where they were.
 */
final class FixedRate {

    private final long interval;
    private final LongSupplier nanoTime;
    private long next;

    /**
     * @param nanoTime a clock that never goes back, so that setting the time of day changes nothing
     */
    FixedRate(Duration interval, LongSupplier nanoTime) {
        this.interval = interval.toNanos();
        this.nanoTime = nanoTime;
        this.next = nanoTime.getAsLong();
    }

    /** Waits for the next tick and takes it. */
    void await() throws InterruptedException {
        for (long nanos = nanosUntilDue(); nanos > 0; nanos = nanosUntilDue()) {
            TimeUnit.NANOSECONDS.sleep(nanos);
        }
        take();
    }

    /** How long it is to the next tick; not positive if it is due. */
    long nanosUntilDue() {
        return next - nanoTime.getAsLong();
    }

    /** The tick is taken: the next one is the first that is still to come. */
    void take() {
        long passed = (nanoTime.getAsLong() - next) / interval;
        next += (Math.max(0, passed) + 1) * interval;
    }
}

package io.massivepipeline.sources.poll;

import java.time.Clock;
import java.util.concurrent.TimeUnit;

/** Waits as long as it says. */
record MachineTime(Clock clock) implements PollTime {

    private static final long serialVersionUID = 1L;

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void awaitNanos(long until) throws InterruptedException {
        for (long left = until - nanos(); left > 0; left = until - nanos()) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }
}

package io.massivepipeline.sources.poll;

import java.io.Serializable;
import java.time.Clock;

/**
 * The time that a poller goes by: all that it reads of a clock and all its waiting from request to
 * request. Only network time-outs and the waits between attempts are the machine's own.
 */
public interface PollTime extends Serializable {

    /** The time of day: context time and trade dates. It may be set. */
    Clock clock();

    /** Nanoseconds from some moment on. They never go back, whatever is set. */
    long nanos();

    /** Waits until {@link #nanos} has come so far. */
    void awaitNanos(long until) throws InterruptedException;

    /** The machine's time. */
    static PollTime system() {
        return with(Clock.systemUTC());
    }

    /**
     * The machine's time, but for the time of day.
     *
     * @param clock serializable where the poller is to travel
     */
    static PollTime with(Clock clock) {
        return new MachineTime(clock);
    }
}

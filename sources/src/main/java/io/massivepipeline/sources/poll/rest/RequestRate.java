package io.massivepipeline.sources.poll.rest;

import io.massivepipeline.sources.poll.PollTime;

/** Keeps requests apart: so many a second at most, evenly. Not thread-safe. */
final class RequestRate {

    private final long apart;
    private final PollTime time;
    private long next;

    /**
     * @param perSecond of the time that is given
     */
    RequestRate(double perSecond, PollTime time) {
        this.apart = (long) (1e9 / perSecond);
        this.time = time;
        this.next = time.nanos();
    }

    /** Waits until there may be another request. */
    void await() throws InterruptedException {
        time.awaitNanos(next);
        next = time.nanos() + apart;
    }
}

package io.massivepipeline.job.context;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Context time, which never goes back: answers of two pollers come a little out of order, and a
 * clock may be set back. Then it goes on by a millisecond an answer, so that each has a time of its
 * own, until the clock is there again; a clock that was set back is said once.
 */
final class ContextClock {

    private static final Logger LOG = LoggerFactory.getLogger(ContextClock.class);

    /** More than answers of two pollers can be out of order. */
    private static final long TOLERANCE_MS = 30_000;

    private long at;
    private boolean setBack;

    /**
     * @param at how far it has come, Unix milliseconds
     */
    ContextClock(long at) {
        this.at = at;
    }

    /** The context time of an answer. */
    long advance(long polledAt) {
        if (polledAt >= at) {
            at = polledAt;
            setBack = false;
            return at;
        }
        if (at - polledAt > TOLERANCE_MS && !setBack) {
            setBack = true;
            LOG.warn(
                    "An answer of the provider is {} s older than one before: was the clock set"
                            + " back? Until it is there again, context counts as of {}",
                    (at - polledAt) / 1000,
                    at);
        }
        return ++at;
    }

    long now() {
        return at;
    }
}

package io.massivepipeline.sources.live.protocol;

import java.util.random.RandomGenerator;

/**
 * When to connect again. Neither a connection nor an accepted key proves anything: a second
 * connection of the account is accepted, subscribed and only then thrown out. So only data over ten
 * seconds counts as stable.
 */
final class Reconnection {

    private static final int POLICY_VIOLATION = 1008;
    private static final long AFTER_GOODBYE = 1_000;

    private final Backoff backoff;
    private final long maxConnectionsDelay;
    private long firstDataAt;
    private boolean stable;
    private boolean first = true;

    Reconnection(ProtocolSettings settings, RandomGenerator random) {
        this.backoff = new Backoff(settings.reconnectDelay(), settings.reconnectDelayMax(), random);
        this.maxConnectionsDelay = settings.maxConnectionsDelay().toMillis();
    }

    /** Data came. */
    void data(long now) {
        if (firstDataAt == 0) {
            firstDataAt = now;
        }
        if (!stable && now - firstDataAt >= ProtocolSettings.STABLE_AFTER.toMillis()) {
            stable = true;
            backoff.reset();
        }
    }

    /** The clock was set back: what would lie in the future counts as of now. */
    void setBack(long now) {
        firstDataAt = Math.min(firstDataAt, now);
    }

    /** The delay after a connection that was dropped, in milliseconds. */
    long afterDrop() {
        ended();
        return backoff.next();
    }

    /** The delay after too many connections of the account. */
    long afterTooMany() {
        ended();
        return maxConnectionsDelay;
    }

    /**
     * The delay after the provider closed. After a close frame it knows that the connection is
     * gone, so there is nothing to wait for; once, for it may do so again.
     */
    long after(Event.Closed closed, boolean streaming) {
        if (closed.code() == POLICY_VIOLATION) {
            return afterTooMany();
        }
        boolean quick = closed.clean() && streaming && (stable || first);
        long delay = afterDrop();
        return quick ? Math.min(AFTER_GOODBYE, delay) : delay;
    }

    private void ended() {
        firstDataAt = 0;
        stable = false;
        first = false;
    }
}

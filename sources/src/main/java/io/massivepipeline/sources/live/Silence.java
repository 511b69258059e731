package io.massivepipeline.sources.live;

/**
 * Decides when silence is put into the feed: when nothing came for {@code order.delay}, and every
 * second while that lasts. Times are Unix milliseconds.
 */
final class Silence {

    private static final long INTERVAL = 1_000;

    /** The thread looks many times in this time; if it did not, the process stood still. */
    private static final long STALL = 50;

    private final long orderDelay;
    private long nextTick;
    private long lookedAt;

    Silence(long orderDelay, long now) {
        this.orderDelay = orderDelay;
        this.nextTick = now + INTERVAL;
        this.lookedAt = now;
    }

    /**
     * A frame was taken. Silence counts from then and not from its reception: behind a frame that
     * waited to be taken there are others that still do, in the socket too.
     */
    void broken(long now) {
        nextTick = now + orderDelay;
    }

    /**
     * Whether a tick is due. After a pause of the process there may be frames that only wait to be
     * read, which a tick would declare late: then silence begins anew.
     */
    boolean isTickDue(long now) {
        if (now - lookedAt > STALL) {
            nextTick = Math.max(nextTick, now + orderDelay);
        } else if (now < lookedAt) {
            // The clock was set back: what is due shortly must not wait for the old time.
            nextTick = Math.min(nextTick, now + orderDelay);
        }
        lookedAt = now;
        if (now < nextTick) {
            return false;
        }
        nextTick = now + INTERVAL;
        return true;
    }

    /** How long nothing needs to be done. */
    long millisLeft(long now) {
        return Math.max(0, nextTick - now);
    }
}

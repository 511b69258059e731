package io.massivepipeline.sources.wire;

import io.massivepipeline.sources.feed.RawFrame;

import java.time.Duration;

/**
 * Decides which trades arrive too late to be put in order. It must see the whole feed in arrival
 * order; then what it decides depends on nothing but the feed.
 *
 * <p>All times are Unix milliseconds.
 */
public final class Lateness {

    /** How far ahead of its reception a trade may move the clock. */
    private static final long CREDENCE = 1000;

    private static final long NEVER = Long.MIN_VALUE;

    /** No trade is from 2100 or later, so a floor beyond it decides the same and could overflow. */
    private static final long END_OF_TIME = TradeFields.END_OF_TIME;

    private final long orderDelay;
    private long newest = NEVER;
    private long floor;
    private long lastReception = RawFrame.UNKNOWN;

    /**
     * @param orderDelay how long a trade may be out of order
     */
    public Lateness(Duration orderDelay) {
        this.orderDelay = orderDelay.toMillis();
    }

    /** A frame came, whatever is in it; to be called before its trades are judged. */
    public void frame(long receivedAt) {
        lastReception = receivedAt;
    }

    /**
     * Whether a trade is late, after which it has moved the clock.
     *
     * @param t its event time
     * @param receivedAt when its frame was received, or {@link RawFrame#UNKNOWN}
     */
    public boolean judge(long t, long receivedAt) {
        boolean late = newest != NEVER && t < bound();
        boolean believed = receivedAt == RawFrame.UNKNOWN || receivedAt >= t - CREDENCE;
        newest = Math.max(newest, believed ? t : receivedAt + CREDENCE);
        return late;
    }

    /** Nothing came until then. Says nothing as long as there is nothing to measure it by. */
    public void tick(long at) {
        if (newest == NEVER || lastReception == RawFrame.UNKNOWN) {
            return;
        }
        // A time with more digits than any clock has must not overflow into the future.
        long silent = Math.max(0, at - lastReception);
        long passed = Math.max(0, silent - orderDelay);
        floor = Math.max(floor, Math.min(END_OF_TIME, newest + 1 + Math.min(END_OF_TIME, passed)));
    }

    /** The largest event time so far; {@code t} if there is none. */
    public long newestOr(long t) {
        return newest == NEVER ? t : newest;
    }

    /** Before and at this time everything that is not late has come; Long.MIN_VALUE at first. */
    public long watermark() {
        return newest == NEVER ? Long.MIN_VALUE : bound() - 1;
    }

    private long bound() {
        return Math.max(newest - orderDelay, floor);
    }

    public LatenessState snapshot() {
        boolean started = newest != NEVER;
        boolean received = lastReception != RawFrame.UNKNOWN;
        return new LatenessState(
                started, started ? newest : 0, floor, received, received ? lastReception : 0);
    }

    public void restore(LatenessState state) {
        newest = state.started() ? state.newest() : NEVER;
        floor = state.floor();
        lastReception = state.received() ? state.lastReception() : RawFrame.UNKNOWN;
    }
}

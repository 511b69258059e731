package io.massivepipeline.sources.replay;

import io.massivepipeline.sources.feed.FeedEvent;
import io.massivepipeline.sources.feed.RawFrame;
import io.massivepipeline.sources.feed.Tick;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Says when events are due, so that a feed passes at the speed at which it came or a multiple.
 *
 * <p>By reception times from where there are any, before by the time of the first trade of a frame.
 * Only what passes between events counts, so a replay that recovers goes on where it was. A leap of
 * more than an hour, forth or back, is not waited for: it is a night without a capture, or a time
 * that is wrong.
 */
final class Pacer {

    private static final long UNKNOWN = RawFrame.UNKNOWN;
    private static final long MAX_LEAP = TimeUnit.HOURS.toMillis(1);

    private final double speed;
    private final LongSupplier nanoTime;
    private boolean byReception;
    private long anchorTime = UNKNOWN;
    private long anchorNanos;
    private long latest;

    /**
     * @param speed 1 is as it was, 10 ten times as fast, 0 without any waiting
     * @param nanoTime a clock that never goes back
     */
    Pacer(double speed, LongSupplier nanoTime) {
        this.speed = speed;
        this.nanoTime = nanoTime;
    }

    /** How many nanoseconds remain until an event is due; not positive if it is. */
    long nanosUntil(FeedEvent event) {
        if (speed == 0) {
            return 0;
        }
        long time = time(event);
        if (time == UNKNOWN) {
            return 0;
        }
        long now = nanoTime.getAsLong();
        if (anchorTime == UNKNOWN || Math.abs(time - latest) > MAX_LEAP) {
            anchorTime = time;
            anchorNanos = now;
        }
        latest = time;
        double due = TimeUnit.MILLISECONDS.toNanos(time - anchorTime) / speed;
        return (long) due - (now - anchorNanos);
    }

    private long time(FeedEvent event) {
        long received = received(event);
        if (received != UNKNOWN) {
            if (!byReception) {
                byReception = true;
                anchorTime = UNKNOWN;
            }
            return received;
        }
        return !byReception && event instanceof RawFrame frame
                ? EventTimeScan.first(frame.payload())
                : UNKNOWN;
    }

    private static long received(FeedEvent event) {
        if (event instanceof Tick tick) {
            return tick.at();
        }
        return event instanceof RawFrame frame ? frame.receivedAt() : UNKNOWN;
    }
}

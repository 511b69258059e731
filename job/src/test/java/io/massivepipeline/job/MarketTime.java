package io.massivepipeline.job;

import io.massivepipeline.sources.poll.PollTime;

import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The time of a market and of a whole job in this process, which may run faster than the wall
 * clock, stop and be set. It is found again where the job has taken it to. Thread-safe.
 */
final class MarketTime implements PollTime {

    private static final long serialVersionUID = 1L;

    private static final Map<Integer, Hands> HANDS = new ConcurrentHashMap<>();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final int id = COUNT.incrementAndGet();

    private MarketTime() {}

    /**
     * Runs from there.
     *
     * @param speed 1 is real time
     */
    static MarketTime running(Instant start, double speed) {
        MarketTime time = new MarketTime();
        HANDS.put(time.id, new Hands(start, speed));
        return time;
    }

    private Hands hands() {
        return HANDS.get(id);
    }

    /** From now on at that speed; 0 stops it. */
    void speed(double factor) {
        hands().speed(factor);
    }

    /** So much time passes at once. */
    void pass(Duration duration) {
        hands().pass(duration.toNanos());
    }

    /** The time of day is set, ahead or back; no time passes. */
    void jump(Duration by) {
        hands().jump(by);
    }

    Instant instant() {
        return hands().instant();
    }

    @Override
    public Clock clock() {
        return new Day(this);
    }

    @Override
    public long nanos() {
        return hands().nanos();
    }

    @Override
    public void awaitNanos(long until) throws InterruptedException {
        hands().await(until);
    }

    private static final class Day extends Clock implements Serializable {

        private static final long serialVersionUID = 1L;

        private final MarketTime time;

        private Day(MarketTime time) {
            this.time = time;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("Only in UTC");
        }

        @Override
        public Instant instant() {
            return time.instant();
        }
    }

    private static final class Hands {

        private Instant start;
        private double speed;
        private long passed;
        private long since = System.nanoTime();

        private Hands(Instant start, double speed) {
            this.start = start;
            this.speed = speed;
        }

        private synchronized long nanos() {
            return passed + (long) ((System.nanoTime() - since) * speed);
        }

        private synchronized Instant instant() {
            return start.plusNanos(nanos());
        }

        private synchronized void speed(double factor) {
            pass(0);
            speed = factor;
        }

        private synchronized void pass(long more) {
            long now = nanos();
            since = System.nanoTime();
            passed = now + more;
            notifyAll();
        }

        private synchronized void jump(Duration by) {
            start = start.plus(by);
        }

        private synchronized void await(long until) throws InterruptedException {
            for (long left = until - nanos(); left > 0; left = until - nanos()) {
                if (speed == 0) {
                    wait();
                } else {
                    long wall = (long) Math.min(left / speed, Long.MAX_VALUE / 2.0);
                    TimeUnit.NANOSECONDS.timedWait(this, Math.max(wall, 100_000));
                }
            }
        }
    }
}

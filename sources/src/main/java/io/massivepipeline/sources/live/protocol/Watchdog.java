package io.massivepipeline.sources.live.protocol;

import io.massivepipeline.sources.calendar.TradingCalendar;

import java.time.Duration;
import java.util.Optional;

/**
 * Tells a dead socket from a quiet market. No frame and no pong for the timeout is a dead socket;
 * on the whole market, no trade for as long within a regular session is one too, because the
 * provider sends hundreds a second.
 */
final class Watchdog {

    private final long timeout;
    private final TradingCalendar calendar;
    private final long feedDelay;

    private long connectedAt;
    private long heardAt;
    private long dataAt;
    private long pingedAt;

    /**
     * @param feedDelay by how much the provider delays the feed: the sessions begin and end as much
     *     later on the socket
     */
    Watchdog(Duration timeout, TradingCalendar calendar, Duration feedDelay) {
        this.timeout = timeout.toMillis();
        this.calendar = calendar;
        this.feedDelay = feedDelay.toMillis();
    }

    void connected(long now) {
        connectedAt = now;
        heardAt = now;
        dataAt = now;
        pingedAt = now;
    }

    void heard(long now) {
        heardAt = now;
    }

    void data(long now) {
        dataAt = now;
    }

    void pinged(long now) {
        pingedAt = now;
    }

    /** The clock was set back: what would lie in the future counts as of now. */
    void setBack(long now) {
        connectedAt = Math.min(connectedAt, now);
        heardAt = Math.min(heardAt, now);
        dataAt = Math.min(dataAt, now);
        pingedAt = Math.min(pingedAt, now);
    }

    /** When the last frame or pong came. */
    long heardAt() {
        return heardAt;
    }

    /** Three pings fit into the timeout, so that one lost pong kills no connection. */
    boolean isPingDue(long now) {
        return now >= Math.max(pingedAt, heardAt) + timeout / 3;
    }

    /** Since when the feed is not heard, if it must be taken for dead. */
    Optional<Verdict> verdict(long now, boolean firehose) {
        if (now - heardAt >= timeout) {
            return Optional.of(new Verdict(heardAt, "silent socket"));
        }
        if (firehose && now - silentSince(now) >= timeout) {
            return Optional.of(new Verdict(dataAt, "no trade in a session"));
        }
        return Optional.empty();
    }

    /** Silence counts from the last trade, the connection or the opening, whichever came last. */
    private long silentSince(long now) {
        long lately = Math.max(dataAt, connectedAt);
        return calendar.sessionAt(now - feedDelay)
                .map(session -> Math.max(lately, session.open() + feedDelay))
                .orElse(now);
    }

    /**
     * Why the socket is dead.
     *
     * @param since the last sign of life, Unix milliseconds
     * @param reason in a few words
     */
    record Verdict(long since, String reason) {}
}

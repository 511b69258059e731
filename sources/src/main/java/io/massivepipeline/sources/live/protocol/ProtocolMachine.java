package io.massivepipeline.sources.live.protocol;

import io.massivepipeline.sources.calendar.TradingCalendar;

import org.slf4j.event.Level;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The provider's protocol as a state machine: takes what happens and says what to do. It has no
 * socket, no thread and no clock; each call tells it the time. Not thread-safe.
 *
 * <p>Sequence, messages and their meaning are the provider's documented ones, and where those are
 * silent, what its clients saw: the greeting comes first, then the key goes out, then, after {@code
 * auth_success} only, the channels.
 */
public final class ProtocolMachine {

    private static final int SHOWN = 10;

    private final TradingCalendar calendar;
    private final Reconnection reconnection;
    private final Watchdog watchdog;
    private final Subscriptions subscriptions = new Subscriptions();
    private final Outage outage = new Outage();
    private final List<Action> actions = new ArrayList<>();

    private State state = State.STOPPED;
    private long lastNow;
    private long stepDeadline;
    private long acknowledgeDeadline;
    private long reconnectAt;
    private boolean lostBefore;
    private boolean calendarEndSaid;
    private long reconnects;
    private Subscriptions.Change lastChange = new Subscriptions.Change(0, 0);
    private long lastChangeAt;

    public ProtocolMachine(
            ProtocolSettings settings, TradingCalendar calendar, RandomGenerator random) {
        this.calendar = calendar;
        this.reconnection = new Reconnection(settings, random);
        this.watchdog = new Watchdog(settings.silenceTimeout(), calendar, settings.feedDelay());
    }

    /**
     * Begins with a connection.
     *
     * @param heardUntil when an earlier run last heard the feed, Unix milliseconds; 0 if none did
     */
    public List<Action> start(long heardUntil, long now) {
        lastNow = now;
        if (heardUntil > 0) {
            outage.lost(heardUntil, "restart");
        }
        connect(now);
        return taken();
    }

    /** Takes an event and returns what to do, in order. */
    public List<Action> on(Event event, long now) {
        if (state == State.STOPPED) {
            return List.of();
        }
        if (now < lastNow) {
            setBack(now);
        }
        lastNow = now;
        if (event instanceof Event.Received received) {
            received(received.frame(), now);
        } else if (event instanceof Event.Pong) {
            watchdog.heard(now);
        } else if (event instanceof Event.Timer) {
            timer(now);
        } else if (event instanceof Event.Closed closed) {
            closed(closed, now);
        } else if (event instanceof Event.Wanted wanted) {
            wanted(wanted.channels(), now);
        } else if (event instanceof Event.Stop) {
            actions.add(new Action.Close());
            state = State.STOPPED;
        }
        return taken();
    }

    /** The clock was set back: what is waited for comes as much earlier. */
    private void setBack(long now) {
        long by = lastNow - now;
        stepDeadline -= by;
        acknowledgeDeadline -= by;
        reconnectAt -= by;
        watchdog.setBack(now);
        reconnection.setBack(now);
    }

    private List<Action> taken() {
        List<Action> taken = List.copyOf(actions);
        actions.clear();
        return taken;
    }

    private void connect(long now) {
        state = State.CONNECTING;
        stepDeadline = now + ProtocolSettings.STEP_TIMEOUT.toMillis();
        watchdog.connected(now);
        actions.add(new Action.Connect());
    }

    private void received(Frame frame, long now) {
        if (state == State.WAITING) {
            return;
        }
        watchdog.heard(now);
        if (frame.data()) {
            watchdog.data(now);
            reconnection.data(now);
        }
        for (StatusMessage message : frame.statuses()) {
            status(message, now);
        }
    }

    private void status(StatusMessage message, long now) {
        if (state == State.WAITING || state == State.STOPPED) {
            return;
        }
        switch (message.status()) {
            case "connected" -> greeted(now);
            case "auth_success" -> authenticated(now);
            case "auth_failed" -> fail("The provider refused the API key: " + message.message());
            case "auth_timeout" -> warn("The provider missed the API key: " + message.message());
            case "max_connections" -> tooManyConnections(now);
            case "success" -> acknowledged(message.message(), now);
            case "error" -> refused(message.message(), now);
            default -> warn("Unknown status " + message.status() + ": " + message.message());
        }
    }

    private void greeted(long now) {
        if (state == State.CONNECTING) {
            state = State.AUTHENTICATING;
            stepDeadline = now + ProtocolSettings.STEP_TIMEOUT.toMillis();
            actions.add(new Action.Authenticate());
        }
    }

    private void authenticated(long now) {
        if (state == State.AUTHENTICATING) {
            state = State.SUBSCRIBING;
            subscribe(now);
        }
    }

    private void subscribe(long now) {
        if (state != State.SUBSCRIBING && state != State.STREAMING || subscriptions.isPending()) {
            return;
        }
        subscriptions
                .nextRequest()
                .ifPresentOrElse(text -> request(text, now), () -> streaming(now));
    }

    private void request(String text, long now) {
        acknowledgeDeadline = now + ProtocolSettings.ACKNOWLEDGE_TIMEOUT.toMillis();
        actions.add(new Action.Send(text));
    }

    private void streaming(long now) {
        if (state == State.STREAMING) {
            return;
        }
        state = State.STREAMING;
        outage.over(now).ifPresent(actions::add);
        if (lostBefore) {
            reconnects++;
        }
        actions.add(
                new Action.Log(
                        Level.INFO,
                        "Streaming: %d of %d channels confirmed, %d refused"
                                .formatted(
                                        subscriptions.confirmedCount(),
                                        subscriptions.wantedCount(),
                                        subscriptions.refusedCount())));
        if (subscriptions.isFirehose() && !calendarEndSaid && !calendar.covers(now)) {
            calendarEndSaid = true;
            warn(
                    "The bundled calendar ends with "
                            + calendar.lastYear()
                            + ": holidays are not known");
        }
    }

    private void acknowledged(String message, long now) {
        if (subscriptions.acknowledged(message)) {
            subscribe(now);
        }
    }

    private void refused(String message, long now) {
        switch (Refusal.of(message)) {
            case NOT_ENTITLED ->
                    fail("The plan of the API key does not include this feed: " + message);
            case NOT_AUTHORIZED -> {
                Set<String> channels = subscriptions.refusedOne();
                if (subscriptions.isNothingLeft()) {
                    fail("The plan of the API key includes none of the channels: " + message);
                } else {
                    refused(channels, message, now);
                }
            }
            case LIMIT_REACHED -> refused(subscriptions.refusedAll(), message, now);
            case OTHER -> warn("The provider reports an error: " + message);
        }
    }

    private void refused(Set<String> channels, String message, long now) {
        if (!channels.isEmpty()) {
            warn("Refused %s: %s".formatted(shown(channels), message));
        }
        subscribe(now);
    }

    private void wanted(Set<String> channels, long now) {
        Subscriptions.Change change = subscriptions.want(channels);
        if (change.isEmpty()) {
            return;
        }
        lastChange = change;
        lastChangeAt = now;
        subscribe(now);
    }

    private void timer(long now) {
        switch (state) {
            case WAITING -> {
                if (now >= reconnectAt) {
                    connect(now);
                }
            }
            case CONNECTING -> step(now, "no greeting");
            case AUTHENTICATING -> step(now, "no answer to the API key");
            default -> {
                settle(now);
                watch(now);
            }
        }
    }

    private void step(long now, String failure) {
        if (now >= stepDeadline) {
            actions.add(new Action.Abort());
            lost(watchdog.heardAt(), failure, reconnection.afterDrop(), now);
        }
    }

    private void settle(long now) {
        if (subscriptions.isPending() && now >= acknowledgeDeadline) {
            warn("Not acknowledged: " + shown(subscriptions.expired()));
            subscribe(now);
        }
    }

    private void watch(long now) {
        watchdog.verdict(now, state == State.STREAMING && subscriptions.isFirehose())
                .ifPresentOrElse(
                        verdict -> {
                            actions.add(new Action.Abort());
                            lost(verdict.since(), verdict.reason(), reconnection.afterDrop(), now);
                        },
                        () -> {
                            if (watchdog.isPingDue(now)) {
                                watchdog.pinged(now);
                                actions.add(new Action.Ping());
                            }
                        });
    }

    private void closed(Event.Closed closed, long now) {
        if (state != State.WAITING) {
            String reason = "closed: " + closed.code() + " " + closed.reason();
            long delay = reconnection.after(closed, state == State.STREAMING);
            lost(watchdog.heardAt(), reason.strip(), delay, now);
        }
    }

    private void tooManyConnections(long now) {
        actions.add(new Action.Close());
        lost(watchdog.heardAt(), "max_connections", reconnection.afterTooMany(), now);
    }

    private void lost(long since, String reason, long delay, long now) {
        if (state == State.STREAMING) {
            outage.lost(since, reason);
            lostBefore = true;
        }
        state = State.WAITING;
        reconnectAt = now + delay;
        subscriptions.disconnected();
        warn("No connection: %s; next attempt in %.1f s".formatted(reason, delay / 1e3));
    }

    private void fail(String message) {
        actions.add(new Action.Close());
        actions.add(new Action.Fail(message));
        state = State.STOPPED;
    }

    private void warn(String message) {
        actions.add(new Action.Log(Level.WARN, message));
    }

    private static String shown(Set<String> channels) {
        String first = String.join(", ", channels.stream().limit(SHOWN).toList());
        return channels.size() <= SHOWN
                ? first
                : first + " and " + (channels.size() - SHOWN) + " more";
    }

    /** Where the connection stands. */
    public State state() {
        return state;
    }

    /** How it fares. */
    public ProtocolStatus status() {
        return new ProtocolStatus(
                state,
                reconnects,
                subscriptions.confirmedCount(),
                lastChange.added(),
                lastChange.removed(),
                lastChangeAt);
    }
}

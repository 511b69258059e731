package io.massivepipeline.sources.live.protocol;

import io.massivepipeline.sources.calendar.TradingCalendar;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A machine, a clock that the test moves, and everything that the machine asked for, as text. */
final class Conversation {

    static final ProtocolSettings SETTINGS =
            new ProtocolSettings(
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(120),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(30),
                    Duration.ZERO);

    final ProtocolMachine machine =
            new ProtocolMachine(SETTINGS, TradingCalendar.bundled(), new Random(1));
    final List<String> said = new ArrayList<>();
    final List<String> logged = new ArrayList<>();
    long now;

    Conversation(Instant begin) {
        now = begin.toEpochMilli();
    }

    /** On a Sunday, when silence means nothing. */
    static Conversation wanting(String... channels) {
        return new Conversation(Instant.parse("2025-12-21T15:00:00Z")).wants(channels);
    }

    Conversation wants(String... channels) {
        if (machine.state() == State.STOPPED) {
            take(machine.start(0, now));
        }
        take(machine.on(new Event.Wanted(Set.of(channels)), now));
        return this;
    }

    Conversation greeted() {
        return receives(status("connected", "Connected Successfully"));
    }

    Conversation authenticated() {
        return greeted().receives(status("auth_success", "authenticated"));
    }

    Conversation streaming(String... channels) {
        authenticated();
        for (String channel : channels) {
            receives(status("success", "subscribed to: " + channel));
        }
        return forget();
    }

    Conversation receives(String frame) {
        take(machine.on(new Event.Received(Frame.read(bytes(frame))), now));
        return this;
    }

    Conversation closed(int code, boolean clean) {
        take(machine.on(new Event.Closed(code, "", clean), now));
        return this;
    }

    Conversation pong() {
        take(machine.on(new Event.Pong(), now));
        return this;
    }

    Conversation stops() {
        take(machine.on(new Event.Stop(), now));
        return this;
    }

    /** Lets time pass, in the steps in which the machine is told. */
    Conversation waits(Duration duration) {
        long until = now + duration.toMillis();
        while (now < until) {
            now = Math.min(until, now + 100);
            take(machine.on(new Event.Timer(), now));
        }
        return this;
    }

    /** Milliseconds until it connects again, at most five minutes. */
    long untilConnect() {
        long from = now;
        forget();
        while (!said.contains("connect") && now - from < 300_000) {
            waits(Duration.ofMillis(100));
        }
        return now - from;
    }

    Conversation forget() {
        said.clear();
        logged.clear();
        return this;
    }

    static String status(String status, String message) {
        return "[{\"ev\":\"status\",\"status\":\""
                + status
                + "\",\"message\":\""
                + message
                + "\"}]";
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void take(List<Action> actions) {
        for (Action action : actions) {
            if (action instanceof Action.Log log) {
                logged.add(log.level() + " " + log.message());
            } else {
                said.add(text(action));
            }
        }
    }

    private static String text(Action action) {
        if (action instanceof Action.Send send) {
            return send.text();
        }
        if (action instanceof Action.Gap gap) {
            return "gap of " + (gap.to() - gap.from()) + " ms: " + gap.reason();
        }
        if (action instanceof Action.Fail fail) {
            return "fail: " + fail.message();
        }
        return action.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }
}

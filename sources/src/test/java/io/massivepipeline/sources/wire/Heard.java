package io.massivepipeline.sources.wire;

import io.massivepipeline.sources.feed.RawFrame;
import io.massivepipeline.sources.trade.OptionTrade;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Parses frames and remembers what it was told of them, in order. */
final class Heard implements FrameListener {

    /** One word for each thing heard: trade, status, other, or the reason of a dead letter. */
    final List<String> words = new ArrayList<>();

    final List<OptionTrade> trades = new ArrayList<>();
    final List<DeadLetter> deadLetters = new ArrayList<>();
    final List<StatusEvent> statuses = new ArrayList<>();

    private final FrameParser parser = new FrameParser(this, new Lateness(Duration.ofMillis(100)));
    private long position;

    static Heard of(String... frames) {
        Heard heard = new Heard();
        for (String frame : frames) {
            heard.parse(frame, RawFrame.UNKNOWN);
        }
        return heard;
    }

    static Heard of(byte[] frame) {
        Heard heard = new Heard();
        heard.parse(frame, RawFrame.UNKNOWN);
        return heard;
    }

    Heard parse(String frame, long receivedAt) {
        return parse(frame.getBytes(StandardCharsets.UTF_8), receivedAt);
    }

    private Heard parse(byte[] frame, long receivedAt) {
        parser.parse(new RawFrame(frame, receivedAt, position++));
        return this;
    }

    /** The only trade that was heard, and nothing else was. */
    OptionTrade trade() {
        if (!words.equals(List.of("trade"))) {
            throw new AssertionError("Not one trade, but " + words);
        }
        return trades.get(0);
    }

    @Override
    public void trade(OptionTrade trade) {
        words.add("trade");
        trades.add(trade);
    }

    @Override
    public void deadLetter(DeadLetter letter) {
        words.add(letter.reason().text());
        deadLetters.add(letter);
    }

    @Override
    public void status(StatusEvent event) {
        words.add("status");
        statuses.add(event);
    }

    @Override
    public void other() {
        words.add("other");
    }
}

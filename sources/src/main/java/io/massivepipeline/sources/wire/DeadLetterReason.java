package io.massivepipeline.sources.wire;

import java.util.Locale;

/** Why something of the feed could not be read. */
public enum DeadLetterReason {
    /** The rest of a frame from a fault on. */
    FRAME,
    /** Something that is no object, where an event should stand. */
    ELEMENT,
    /** An object without an event type. */
    EV,
    SYM,
    P,
    S,
    T,
    X,
    Q,
    C,
    /** A trade from more than a minute after its reception. */
    FUTURE;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** As it is written. */
    public String text() {
        return text;
    }
}

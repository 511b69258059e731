package io.massivepipeline.sources.wire;

import io.massivepipeline.sources.feed.RawFrame;

import java.util.Objects;

/**
 * Reads frames: strict JSON, element by element, each told to a {@link FrameListener} as soon as it
 * is complete. What cannot be read becomes a dead letter and harms nothing around it. Not for
 * several threads.
 */
public final class FrameParser {

    private final FrameListener listener;
    private final Lateness lateness;

    /**
     * @param listener told of everything that stands in a frame
     * @param lateness judges each trade; the caller tells it of ticks
     */
    public FrameParser(FrameListener listener, Lateness lateness) {
        this.listener = Objects.requireNonNull(listener, "listener");
        this.lateness = Objects.requireNonNull(lateness, "lateness");
    }

    public void parse(RawFrame frame) {
        lateness.frame(frame.receivedAt());
    }
}

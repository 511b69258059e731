package io.massivepipeline.sources.live.protocol;

import java.util.Objects;
import java.util.Set;

/** What happens to a connection, as the {@link ProtocolMachine} takes it. */
public sealed interface Event {

    /** A frame came. */
    record Received(Frame frame) implements Event {}

    /** The answer to a ping came. */
    record Pong() implements Event {}

    /**
     * The connection ended, or could not be made.
     *
     * @param code the close code of WebSocket, 1006 where there was no close frame
     * @param reason for people
     * @param clean whether the provider said good-bye with a close frame
     */
    record Closed(int code, String reason, boolean clean) implements Event {
        public Closed {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** Time has passed. To be told a few times a second. */
    record Timer() implements Event {}

    /** Other channels are wanted from now on: all of them, not the difference. */
    record Wanted(Set<String> channels) implements Event {
        public Wanted {
            channels = Set.copyOf(channels);
        }
    }

    /** The feed is not needed any more. */
    record Stop() implements Event {}
}

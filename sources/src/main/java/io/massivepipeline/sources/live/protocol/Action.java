package io.massivepipeline.sources.live.protocol;

import org.slf4j.event.Level;

/** What the {@link ProtocolMachine} wants done, in the order in which it says so. */
public sealed interface Action {

    /** Open a new connection. */
    record Connect() implements Action {}

    /** Send the API key. The machine does not know it, so that no event or action can show it. */
    record Authenticate() implements Action {}

    /** Send a text frame. */
    record Send(String text) implements Action {}

    /** Send a ping. */
    record Ping() implements Action {}

    /** End the connection with a close frame. */
    record Close() implements Action {}

    /** Drop a connection that does not answer. */
    record Abort() implements Action {}

    /**
     * The feed was not heard.
     *
     * @param from last sign of life, Unix milliseconds
     * @param to when it was heard again
     * @param reason in a few words
     */
    record Gap(long from, long to, String reason) implements Action {}

    /** Give up for good: trying again cannot help. */
    record Fail(String message) implements Action {}

    /** Say something to the operator. */
    record Log(Level level, String message) implements Action {}
}

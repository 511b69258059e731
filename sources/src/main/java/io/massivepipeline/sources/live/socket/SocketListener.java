package io.massivepipeline.sources.live.socket;

/**
 * Hears one connection. Calls come one after the other, from threads of the connection, and must
 * return quickly.
 */
public interface SocketListener {

    /**
     * A whole message came, text in UTF-8 or binary; never an empty one.
     *
     * @return whether the next may come at once; if not, {@link FrameSocket#resume} asks for it, to
     *     be called until something comes again
     */
    boolean frame(byte[] payload);

    /** The answer to a ping came, or an empty message: the other side is alive. */
    void pong();

    /**
     * The connection is over, or could not be made. Comes once, and last; not after {@link
     * FrameSocket#abort}.
     *
     * @param code the close code; 1006 if there was no close frame
     * @param reason for people
     * @param clean whether a close frame came
     */
    void closed(int code, String reason, boolean clean);
}

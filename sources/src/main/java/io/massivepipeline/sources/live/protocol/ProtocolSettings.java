package io.massivepipeline.sources.live.protocol;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * The delays of the protocol.
 *
 * @param reconnectDelay first wait after a connection was lost; the provider takes 10 to 30 s to
 *     notice an unclean end, and refuses a second connection meanwhile
 * @param reconnectDelayMax longest wait after repeated losses
 * @param maxConnectionsDelay wait after the provider counted too many connections of the account
 * @param silenceTimeout no frame and no pong for so long is a dead socket
 * @param feedDelay by how much the provider delays the feed
 */
public record ProtocolSettings(
        Duration reconnectDelay,
        Duration reconnectDelayMax,
        Duration maxConnectionsDelay,
        Duration silenceTimeout,
        Duration feedDelay)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** How long a connection, the provider's greeting and its answer to the key may take, each. */
    static final Duration STEP_TIMEOUT = Duration.ofSeconds(10);

    /** How long to wait for the acknowledgements of one request. */
    static final Duration ACKNOWLEDGE_TIMEOUT = Duration.ofSeconds(5);

    /** Data for so long makes a connection stable: the next loss waits the first delay again. */
    static final Duration STABLE_AFTER = Duration.ofSeconds(10);

    public ProtocolSettings {
        Objects.requireNonNull(reconnectDelay, "reconnectDelay");
        Objects.requireNonNull(reconnectDelayMax, "reconnectDelayMax");
        Objects.requireNonNull(maxConnectionsDelay, "maxConnectionsDelay");
        Objects.requireNonNull(silenceTimeout, "silenceTimeout");
        Objects.requireNonNull(feedDelay, "feedDelay");
    }
}

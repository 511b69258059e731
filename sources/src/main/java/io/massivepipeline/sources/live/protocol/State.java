package io.massivepipeline.sources.live.protocol;

/** Where a connection stands. */
public enum State {
    /** Waiting for the socket, and for the provider's word that it is connected. */
    CONNECTING,
    /** The key is sent, the answer is not here. */
    AUTHENTICATING,
    /** The channels are asked for, not all answers are here. */
    SUBSCRIBING,
    /** The feed is heard. */
    STREAMING,
    /** No connection; the next attempt has its time. */
    WAITING,
    /** The end, by a fatal refusal or because it was asked for. */
    STOPPED
}

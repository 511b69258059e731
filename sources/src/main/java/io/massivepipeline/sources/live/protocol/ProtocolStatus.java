package io.massivepipeline.sources.live.protocol;

/**
 * How the protocol fares.
 *
 * @param state where the connection stands
 * @param reconnects connections that were lost and made again
 * @param confirmed channels that the provider has confirmed on the present connection
 * @param added channels that the last change of the wanted set added
 * @param removed channels that it removed
 * @param changedAt when that was, Unix milliseconds; 0 if never
 */
public record ProtocolStatus(
        State state, long reconnects, int confirmed, int added, int removed, long changedAt) {}

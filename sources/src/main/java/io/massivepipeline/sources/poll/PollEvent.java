package io.massivepipeline.sources.poll;

/**
 * What a poller hands on: an answer of the provider, or how it fares itself. The other one is null.
 *
 * @param answer what came, or null
 * @param statistics how the poller fares, or null
 */
public record PollEvent(ContextAnswer answer, PollStatistics statistics) {

    public PollEvent {
        if ((answer == null) == (statistics == null)) {
            throw new IllegalArgumentException("An event is either an answer or statistics.");
        }
    }

    public static PollEvent of(ContextAnswer answer) {
        return new PollEvent(answer, null);
    }

    public static PollEvent of(PollStatistics statistics) {
        return new PollEvent(null, statistics);
    }
}

package io.massivepipeline.job.structure;

/**
 * What the feed held so far, from the first start of the job's state.
 *
 * @param frames frames received, ticks are none
 * @param bytes of their payloads
 * @param events elements of frames
 * @param trades among them, repeats included
 * @param statusEvents the provider's own events among them
 * @param otherEvents events that the job passes over
 * @param deadLetters elements and rests of frames that could not be read
 * @param newestTimestamp largest {@code t}, Unix milliseconds; 0 if there was no trade
 * @param lastReceivedAt when the last frame came, Unix milliseconds; 0 while unknown
 * @param lagMs reception of the newest trade minus its {@code t}; null while unknown
 * @param live how the live source fares; null in a replay
 */
public record FeedCounts(
        long frames,
        long bytes,
        long events,
        long trades,
        long statusEvents,
        long otherEvents,
        long deadLetters,
        long newestTimestamp,
        long lastReceivedAt,
        Long lagMs,
        LiveCounts live) {

    /** Nothing yet. */
    public static final FeedCounts NONE = new FeedCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
}

package io.massivepipeline.sources.feed;

import java.util.Objects;

/**
 * An interval in which the feed was not heard: what the provider sent in it is missing.
 *
 * @param from last sign of life before it, Unix milliseconds
 * @param to when the feed was heard again, Unix milliseconds; never before {@code from}
 * @param reason in a few words, for people
 * @param framesLost how many received frames were lost, or {@link #UNKNOWN} where they were never
 *     received
 * @param position where the gap stands in its feed, counted together with frames and ticks
 */
public record FeedGap(long from, long to, String reason, long framesLost, long position)
        implements FeedEvent {

    /** The number of lost frames of a gap in which nothing was received. */
    public static final long UNKNOWN = -1;

    public FeedGap {
        Objects.requireNonNull(reason, "reason");
    }
}

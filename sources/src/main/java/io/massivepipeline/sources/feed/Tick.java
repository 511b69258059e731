package io.massivepipeline.sources.feed;

/**
 * Silence with a clock: everything received was read, and nothing more came until {@code at}.
 *
 * @param at Unix milliseconds
 * @param position where the tick stands in its feed, counted together with the frames
 */
public record Tick(long at, long position) implements FeedEvent {}

package io.massivepipeline.sources.feed;

/**
 * What a source of the provider's feed hands on, live or replayed: a {@link RawFrame} that the
 * socket delivered, or a {@link Tick} that says for how long it delivered nothing.
 */
public sealed interface FeedEvent permits RawFrame, Tick {}

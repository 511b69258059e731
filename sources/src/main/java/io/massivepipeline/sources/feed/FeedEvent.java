package io.massivepipeline.sources.feed;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What a source of the provider's feed hands on, live or replayed: a {@link RawFrame} that the
 * socket delivered, or a {@link Tick} that says for how long it delivered nothing.
 *
 * <p>A live source also tells how it fares: a {@link FeedGap} for every interval in which it did
 * not hear the feed, and a {@link FeedStatus} about once a second. A replay hands on neither, and
 * they change nothing about trades. A replay may hand on a {@link ContextLine} between them.
 */
@TypeInfo(FeedEventTypeInfoFactory.class)
public sealed interface FeedEvent permits RawFrame, Tick, FeedGap, FeedStatus, ContextLine {}

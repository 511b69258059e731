package io.massivepipeline.sources.wire;

import io.massivepipeline.sources.feed.RawFrame;

/**
 * What the provider says about the connection: {@code connected}, {@code auth_success}, an
 * acknowledged subscription.
 *
 * @param status empty if it is missing or no text
 * @param message empty if it is missing or no text
 * @param receivedAt of its frame, Unix milliseconds or {@link RawFrame#UNKNOWN}
 * @param position of its frame in the feed
 */
public record StatusEvent(String status, String message, long receivedAt, long position) {}

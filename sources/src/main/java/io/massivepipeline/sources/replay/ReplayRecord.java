package io.massivepipeline.sources.replay;

import io.massivepipeline.sources.feed.FeedEvent;

/**
 * An event with the place behind it, where reading goes on after a recovery.
 *
 * @param position of the event in the feed
 * @param segment in which it stands
 * @param offset behind it, in bytes of the segment's content
 */
record ReplayRecord(FeedEvent event, long position, int segment, long offset) {}

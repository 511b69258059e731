package io.massivepipeline.sources.replay;

import io.massivepipeline.sources.feed.FeedEvent;

/**
 * An event with the place behind it, where reading goes on after a recovery.
 *
 * @param position of the event in the feed; of a line of context, that of the event before it
 * @param segment in which it stands
 * @param offset behind it, in bytes of the segment's content
 * @param contextOffset behind the last line of context, in bytes of its content
 */
record ReplayRecord(FeedEvent event, long position, int segment, long offset, long contextOffset) {

    /** The same event with more context before it. */
    ReplayRecord behindContext(long newContextOffset) {
        return new ReplayRecord(event, position, segment, offset, newContextOffset);
    }
}

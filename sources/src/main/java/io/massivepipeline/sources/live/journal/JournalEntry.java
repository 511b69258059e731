package io.massivepipeline.sources.live.journal;

import io.massivepipeline.sources.feed.FeedEvent;
import io.massivepipeline.sources.feed.FeedGap;
import io.massivepipeline.sources.feed.RawFrame;
import io.massivepipeline.sources.feed.Tick;

/**
 * An event at its place in the journal.
 *
 * @param event a frame, a tick or a gap
 * @param position where it stands; rises by one from entry to entry unless entries were lost
 * @param time when it was received or happened, Unix milliseconds
 * @param heard whether the feed was heard then; false for ticks without a connection
 */
public record JournalEntry(FeedEvent event, long position, long time, boolean heard) {

    static JournalEntry frame(byte[] payload, long receivedAt, long position) {
        return new JournalEntry(
                new RawFrame(payload, receivedAt, position), position, receivedAt, true);
    }

    static JournalEntry tick(long at, boolean heard, long position) {
        return new JournalEntry(new Tick(at, position), position, at, heard);
    }

    static JournalEntry gap(FeedGap gap) {
        return new JournalEntry(gap, gap.position(), gap.to(), false);
    }

    /** Bytes that it takes in memory, about. */
    int weight() {
        return event instanceof RawFrame frame ? frame.payload().length + 100 : 100;
    }
}

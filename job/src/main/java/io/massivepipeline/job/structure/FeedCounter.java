package io.massivepipeline.job.structure;

import io.massivepipeline.sources.feed.FeedGap;
import io.massivepipeline.sources.feed.FeedStatus;
import io.massivepipeline.sources.feed.RawFrame;

/** Counts what the feed holds; {@link FeedCounts} says what each count means. */
final class FeedCounter {

    private long frames;
    private long bytes;
    private long trades;
    private long statusEvents;
    private long otherEvents;
    private long badElements;
    private long badFrames;
    private long lastReceivedAt;
    private Long lagMs;
    private LiveCounts live;
    private long newestTimestamp;

    FeedCounter() {}

    FeedCounter(FeedCounts counts) {
        frames = counts.frames();
        bytes = counts.bytes();
        trades = counts.trades();
        statusEvents = counts.statusEvents();
        otherEvents = counts.otherEvents();
        badElements = counts.events() - trades - statusEvents - otherEvents;
        badFrames = counts.deadLetters() - badElements;
        newestTimestamp = counts.newestTimestamp();
        lastReceivedAt = counts.lastReceivedAt();
        lagMs = counts.lagMs();
        live = counts.live();
    }

    void frame(RawFrame frame) {
        frames++;
        bytes += frame.payload().length;
        if (frame.hasReceptionTime()) {
            lastReceivedAt = frame.receivedAt();
        }
    }

    void trade(long timestamp, RawFrame frame) {
        trades++;
        if (timestamp >= newestTimestamp) {
            newestTimestamp = timestamp;
            lagMs = frame.hasReceptionTime() ? frame.receivedAt() - timestamp : null;
        }
    }

    void gap(FeedGap gap) {
        live = LiveCounts.with(live, gap);
    }

    void live(FeedStatus status) {
        live = LiveCounts.with(live, status);
    }

    void status() {
        statusEvents++;
    }

    void other() {
        otherEvents++;
    }

    /**
     * @param wholeElement whether it was an element, or the rest of a broken frame
     */
    void deadLetter(boolean wholeElement) {
        if (wholeElement) {
            badElements++;
        } else {
            badFrames++;
        }
    }

    FeedCounts counts() {
        return new FeedCounts(
                frames,
                bytes,
                trades + statusEvents + otherEvents + badElements,
                trades,
                statusEvents,
                otherEvents,
                badElements + badFrames,
                newestTimestamp,
                lastReceivedAt,
                lagMs,
                live);
    }
}

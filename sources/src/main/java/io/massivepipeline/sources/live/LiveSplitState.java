package io.massivepipeline.sources.live;

import io.massivepipeline.sources.feed.FeedStatus;
import io.massivepipeline.sources.live.journal.JournalEntry;

/** How far the feed was handed on, which is behind how far it was read. */
final class LiveSplitState {

    private long position;
    private long heardAt;
    private long reconnects;

    LiveSplitState(LiveSplit split) {
        position = split.position();
        heardAt = split.heardAt();
        reconnects = split.reconnects();
    }

    void handedOn(JournalEntry entry) {
        if (entry.event() instanceof FeedStatus status) {
            reconnects = status.reconnects();
            return;
        }
        position = entry.position() + 1;
        heardAt = entry.heard() ? entry.time() : heardAt;
    }

    LiveSplit split() {
        return new LiveSplit(position, heardAt, reconnects);
    }
}

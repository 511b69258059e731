package io.massivepipeline.sources.replay;

import io.massivepipeline.sources.feed.ContextLine;
import io.massivepipeline.sources.feed.FeedEvent;
import io.massivepipeline.sources.feed.RawFrame;
import io.massivepipeline.sources.feed.Tick;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The events of a feed, and before each the captured context that could count by then: what is not
 * later than event time can be behind it. Two files are read side by side, a line of each in
 * memory, so the order of both is a function of the files alone.
 */
final class FeedWithContext implements Closeable {

    /**
     * How far ahead of its reception a trade moves event time at most (the contract: newest); it is
     * granted to trades of feeds without reception times too.
     */
    private static final long CREDENCE = 1000;

    private final ReplaySplit split;
    private final FeedSegments feed;
    private CapturedContext context;

    /** An event that was read and waits for the context before it. */
    private ReplayRecord waiting;

    private boolean feedEnded;

    /** What was handed on last, or null as long as nothing was. */
    private ReplayRecord last;

    FeedWithContext(ReplaySplit split, FeedSegments feed) {
        this.split = split;
        this.feed = feed;
    }

    /** The next event or line, or null at the end of both. */
    ReplayRecord next() throws IOException {
        if (!split.hasContext()) {
            return feed.next();
        }
        if (context == null) {
            context = CapturedContext.open(Path.of(split.context()), split.contextOffset());
        }
        if (waiting == null && !feedEnded) {
            waiting = feed.next();
            feedEnded = waiting == null;
        }
        ContextLine line = context.peek();
        if (line != null && (feedEnded || line.at() <= reach(waiting.event()))) {
            context.take();
            last = behind(line);
        } else if (feedEnded) {
            return null;
        } else {
            last = waiting.behindContext(context.offset());
            waiting = null;
        }
        return last;
    }

    /** A line leaves the feed where it is. */
    private ReplayRecord behind(ContextLine line) {
        return last == null
                ? new ReplayRecord(
                        line,
                        split.position() - 1,
                        split.segment(),
                        split.offset(),
                        context.offset())
                : new ReplayRecord(
                        line, last.position(), last.segment(), last.offset(), context.offset());
    }

    /** Unix milliseconds up to which an event can move event time, or the begin of time. */
    private static long reach(FeedEvent event) {
        long time = Long.MIN_VALUE;
        if (event instanceof RawFrame frame) {
            time =
                    frame.hasReceptionTime()
                            ? frame.receivedAt()
                            : EventTimeScan.newest(frame.payload());
        } else if (event instanceof Tick tick) {
            time = tick.at();
        }
        return time > Long.MAX_VALUE - CREDENCE || time == Long.MIN_VALUE ? time : time + CREDENCE;
    }

    @Override
    public void close() throws IOException {
        try (FeedSegments closedLast = feed) {
            if (context != null) {
                context.close();
            }
        }
    }
}

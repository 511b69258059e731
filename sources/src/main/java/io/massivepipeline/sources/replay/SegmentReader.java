package io.massivepipeline.sources.replay;

import io.massivepipeline.sources.feed.FeedEvent;

import java.io.Closeable;
import java.io.IOException;

/** Reads one segment of a feed from its front to its end. */
public interface SegmentReader extends Closeable {

    /** The next event, or null at the end. */
    FeedEvent next() throws IOException;

    /** How far it has been read, so that it can be opened there again: bytes of content. */
    long offset();

    /** How many bytes of the file it took; for progress alone. */
    long fileBytesRead();
}

package io.massivepipeline.sources.replay;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/** A way in which feeds lie on disk. */
public interface FeedFormat extends Serializable {

    /**
     * The files of a feed, in the order in which they are read. Called once, where the source is
     * built.
     *
     * @throws FeedException if there is nothing to be read
     */
    List<Path> segments(Path feed);

    /**
     * Opens a segment behind what has been read of it.
     *
     * @param offset bytes of it that were read, as {@link SegmentReader#offset()} told
     * @param position of the next event in the feed
     * @throws IOException if it cannot be read
     */
    SegmentReader open(Path segment, long offset, long position) throws IOException;
}

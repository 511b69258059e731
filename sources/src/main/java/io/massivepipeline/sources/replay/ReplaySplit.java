package io.massivepipeline.sources.replay;

import org.apache.flink.api.connector.source.SourceSplit;

import java.util.List;

/**
 * A feed and how far it was read: there is one split, however many segments and readers there are,
 * since the order of the feed is what matters.
 *
 * @param segments paths of its files, in order
 * @param segment which of them is being read
 * @param offset bytes of its content, unpacked, that were read
 * @param position of the next event in the whole feed
 */
public record ReplaySplit(List<String> segments, int segment, long offset, long position)
        implements SourceSplit {

    static final String ID = "feed";

    public ReplaySplit {
        segments = List.copyOf(segments);
    }

    @Override
    public String splitId() {
        return ID;
    }
}

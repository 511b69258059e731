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
 * @param context path of the captured context that is replayed beside it, or null
 * @param contextOffset bytes of its content, unpacked, that were read
 */
public record ReplaySplit(
        List<String> segments,
        int segment,
        long offset,
        long position,
        String context,
        long contextOffset)
        implements SourceSplit {

    static final String ID = "feed";

    public ReplaySplit {
        segments = List.copyOf(segments);
    }

    /** A whole feed, of which nothing was read. */
    static ReplaySplit whole(List<String> segments, String context) {
        return new ReplaySplit(segments, 0, 0, 0, context, 0);
    }

    /** The same feed behind an event that was handed on. */
    ReplaySplit behind(ReplayRecord record) {
        return new ReplaySplit(
                segments,
                record.segment(),
                record.offset(),
                record.position() + 1,
                context,
                record.contextOffset());
    }

    /** Whether context is replayed beside it. */
    boolean hasContext() {
        return context != null;
    }

    @Override
    public String splitId() {
        return ID;
    }
}

package io.massivepipeline.sources.live;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * The one split of the live feed.
 *
 * @param position of the next event, or {@link #UNKNOWN} if the journal is to tell
 * @param heardAt when the last event came, Unix milliseconds; 0 if none did
 * @param reconnects connections that were lost and made again so far
 */
public record LiveSplit(long position, long heardAt, long reconnects) implements SourceSplit {

    /** The position of a feed that no checkpoint knows. */
    public static final long UNKNOWN = -1;

    static final String ID = "live";

    /** The feed at the start of a job. */
    static LiveSplit begin() {
        return new LiveSplit(UNKNOWN, 0, 0);
    }

    @Override
    public String splitId() {
        return ID;
    }
}

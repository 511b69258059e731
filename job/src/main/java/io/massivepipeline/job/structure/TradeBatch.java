package io.massivepipeline.job.structure;

import java.util.List;

/**
 * What one advance of event time releases of one stream: trades in the order of their ids, each
 * distinct trade once. Whoever receives it leaves the list as it is.
 *
 * @param stream underlying and expiry
 * @param trades on-time trades up to the watermark, and the late ones that waited with them; empty
 *     if there were repeats only
 * @param duplicates how many repeats were dropped since the last batch of this stream
 * @param first whether this is the first batch that the stream ever released
 * @param until the event time that releases them: all on-time trades up to it have left
 */
public record TradeBatch(
        StreamKey stream,
        List<IdentifiedTrade> trades,
        int duplicates,
        boolean first,
        long until) {}

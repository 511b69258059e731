package io.massivepipeline.sinks.redis;

/**
 * What became of the entries of acknowledged appends to one stream. An append whose acknowledgement
 * was lost is made again; what it had written then counts as duplicates.
 *
 * @param stream the key
 * @param appended written in order
 * @param duplicates already there
 * @param late written at the top of the stream because their ids were passed
 * @param trimmed not written, because they belong where the stream has been trimmed
 */
public record AppendOutcome(
        String stream, long appended, long duplicates, long late, long trimmed) {}

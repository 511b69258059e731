package io.massivepipeline.job.report;

/**
 * What stands in Redis of one stream.
 *
 * @param key underlying and expiry, {@code SPX:20251223}
 * @param entries in the stream
 * @param volume contracts of the running trade date, as all below
 * @param calls contracts in calls
 * @param puts contracts in puts
 * @param firstTimestamp time of the first entry, Unix milliseconds
 * @param lastTimestamp time of the last entry, Unix milliseconds
 */
public record StreamRow(
        String key,
        long entries,
        String volume,
        String calls,
        String puts,
        long firstTimestamp,
        long lastTimestamp) {}

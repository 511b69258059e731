package io.massivepipeline.job.output;

/**
 * An entry of the index of snapshots as it was read.
 *
 * @param stream underlying and expiry, the field
 * @param value what it says of the snapshot
 */
public record IndexEntry(String stream, String value) {}

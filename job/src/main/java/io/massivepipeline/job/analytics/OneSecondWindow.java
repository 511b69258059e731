package io.massivepipeline.job.analytics;

import io.massivepipeline.job.structure.StreamKey;

/**
 * The on-time trades of an underlying and expiry within one second of event time.
 *
 * @param end the end of the second, Unix milliseconds
 */
public record OneSecondWindow(StreamKey stream, long end, TradeSums sums) {}

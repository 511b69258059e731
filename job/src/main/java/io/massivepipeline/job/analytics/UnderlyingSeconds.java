package io.massivepipeline.job.analytics;

/**
 * On-time trades of an underlying by their seconds, or a part of them.
 *
 * @param seconds some seconds, of which more may come later
 */
public record UnderlyingSeconds(String underlying, SecondCounts seconds) {}

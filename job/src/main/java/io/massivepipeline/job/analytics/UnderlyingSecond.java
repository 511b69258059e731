package io.massivepipeline.job.analytics;

/**
 * On-time trades of an underlying in one second, or a part of them.
 *
 * @param end the end of the second, Unix milliseconds
 * @param trades how many
 */
public record UnderlyingSecond(String underlying, long end, long trades) {}

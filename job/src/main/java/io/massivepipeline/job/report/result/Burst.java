package io.massivepipeline.job.report.result;

/**
 * The largest group of trades of one contract in one millisecond, within one second of one
 * underlying and expiry.
 *
 * @param second its start, Unix milliseconds
 * @param key underlying and expiry, {@code SPX:20251223}
 * @param trades how many, at least 2
 */
public record Burst(long second, String key, int trades) {}

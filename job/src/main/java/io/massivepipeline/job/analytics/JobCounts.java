package io.massivepipeline.job.analytics;

/**
 * What is to be added to the whole job's counters.
 *
 * @param trades what became of some trades
 * @param seconds how many on-time trades there were in some seconds
 */
public record JobCounts(TradeCounts trades, SecondCounts seconds) {}

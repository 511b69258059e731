package io.massivepipeline.job.analytics;

/**
 * The running trade date of an underlying.
 *
 * @param tradeDate as a number
 * @param seconds of that date, over all expiries
 */
public record UnderlyingDay(int tradeDate, RecentSeconds seconds) {}

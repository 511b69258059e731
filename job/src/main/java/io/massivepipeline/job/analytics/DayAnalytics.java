package io.massivepipeline.job.analytics;

/**
 * Where something stands on its running trade date.
 *
 * @param tradeDate as a number, {@code 20251223}
 * @param sums of the trade date, late arrivals included
 * @param rates of the trade date, late arrivals not included
 * @param contractsActive different contracts traded within the last sixty completed seconds
 */
public record DayAnalytics(int tradeDate, TradeSums sums, Rates rates, int contractsActive) {}

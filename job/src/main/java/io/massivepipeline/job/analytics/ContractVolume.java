package io.massivepipeline.job.analytics;

/**
 * A contract and how much of it traded.
 *
 * @param contract its ticker
 * @param volume sizes of regular trades
 */
public record ContractVolume(String contract, long volume) {}

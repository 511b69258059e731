package io.massivepipeline.job.report.result;

/**
 * A contract among those that trade most.
 *
 * @param key underlying and expiry, {@code SPX:20251223}
 * @param contract its ticker, {@code O:SPXW251223P06870000}
 * @param volume contracts in the last 60 completed seconds
 */
public record ActiveContract(String key, String contract, long volume) {}

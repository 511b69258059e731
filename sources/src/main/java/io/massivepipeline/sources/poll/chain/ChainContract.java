package io.massivepipeline.sources.poll.chain;

import io.massivepipeline.sources.trade.OptionRight;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * A listed contract as the chain snapshot has it. What the provider does not tell is null.
 *
 * @param ticker {@code O:SPXW251223P06870000}
 * @param root {@code SPXW}
 * @param expiry the last day as a number, {@code 20251223}
 * @param strike thousandths of a dollar
 * @param sharesPerContract 100, but for adjusted contracts
 * @param bid dollars per share, as ask, mid and last
 * @param quotedAt when bid and ask were, Unix milliseconds
 * @param lastAt when the last trade was, Unix milliseconds
 * @param iv implied volatility a year, 0.2 for 20 %
 * @param openInterest contracts, as of the end of the last trading day
 * @param dayVolume contracts
 */
public record ChainContract(
        String ticker,
        String root,
        OptionRight right,
        int expiry,
        long strike,
        Integer sharesPerContract,
        BigDecimal bid,
        BigDecimal ask,
        BigDecimal mid,
        Long quotedAt,
        BigDecimal last,
        Long lastAt,
        Double iv,
        Double delta,
        Double gamma,
        Double theta,
        Double vega,
        Long openInterest,
        Long dayVolume) {

    public ChainContract {
        Objects.requireNonNull(ticker, "ticker");
        Objects.requireNonNull(root, "root");
        Objects.requireNonNull(right, "right");
    }
}

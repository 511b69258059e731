package io.massivepipeline.sources.poll.chain;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * How far around the money the strikes of an expiry matter: {@code range =
 * round_half_even(multiplier * spot * VIX/100 * sqrt(max(1, days)/252))}, and 3 % of {@code spot *
 * sqrt(max(1, days))}, rounded alike, when there is no VIX (Redis contract, section 4).
 *
 * <p>Computed in decimals: in binary fractions a product that is exactly a half would not be.
 */
public final class StrikeWindow {

    private static final MathContext PRECISION = MathContext.DECIMAL128;
    private static final BigDecimal WITHOUT_VIX = new BigDecimal("0.03");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal TRADING_DAYS = BigDecimal.valueOf(252);

    private final BigDecimal multiplier;

    /**
     * @param multiplier how many standard deviations wide a half of the window is
     */
    public StrikeWindow(double multiplier) {
        this.multiplier = BigDecimal.valueOf(multiplier);
    }

    /**
     * Half the width of the window, in whole dollars.
     *
     * @param spot of the underlying
     * @param vix null, or not above 0, if there is none
     * @param days calendar days in New York to the expiry
     */
    public long range(BigDecimal spot, BigDecimal vix, int days) {
        BigDecimal left = BigDecimal.valueOf(Math.max(1, days));
        BigDecimal range =
                vix == null || vix.signum() <= 0
                        ? spot.multiply(WITHOUT_VIX).multiply(left.sqrt(PRECISION))
                        : multiplier
                                .multiply(spot)
                                .multiply(vix)
                                .divide(HUNDRED)
                                .multiply(left.divide(TRADING_DAYS, PRECISION).sqrt(PRECISION));
        return range.setScale(0, RoundingMode.HALF_EVEN).longValueExact();
    }
}

package io.massivepipeline.sources.trade;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * An exact price in dollars per share: what the feed wrote, in its shortest form. {@code 7.70} and
 * {@code 7.7} are the same price. It has never been a double.
 *
 * <p>Up to 18 digits it is {@code unscaled * 10^-scale} in primitives; whatever is longer is a
 * {@link BigDecimal}, and {@link #isCompact()} tells which.
 */
public final class Price {

    /** Prices reach from 0 to below this. */
    public static final long LIMIT = 1_000_000_000L;

    /** How many decimals a price may have once it is shortened. */
    public static final int MAX_SCALE = 20;

    static final Price ZERO = new Price(0, 0, null);

    /** How many digits a price below the limit has before the point. */
    private static final int INTEGER_DIGITS = 9;

    /** So many digits fit a long in any case. */
    private static final int LONG_DIGITS = 18;

    private static final long[] POWERS =
            LongStream.iterate(1, power -> power * 10).limit(LONG_DIGITS + 1).toArray();

    private final long unscaled;
    private final int scale;
    private final BigDecimal big;

    private Price(long unscaled, int scale, BigDecimal big) {
        this.unscaled = unscaled;
        this.scale = scale;
        this.big = big;
    }

    /**
     * The price {@code unscaled * 10^-scale}.
     *
     * @param unscaled from 0 to below 10^18
     * @param scale from 0 to {@link #MAX_SCALE}
     * @throws IllegalArgumentException if there is no such price
     */
    public static Price of(long unscaled, int scale) {
        if (unscaled < 0 || unscaled >= POWERS[LONG_DIGITS] || scale < 0 || scale > MAX_SCALE) {
            throw new IllegalArgumentException("No price: " + unscaled + "e-" + scale);
        }
        long digits = unscaled;
        int decimals = scale;
        while (decimals > 0 && digits % 10 == 0) {
            digits /= 10;
            decimals--;
        }
        if (decimals <= LONG_DIGITS && digits / POWERS[decimals] >= LIMIT) {
            throw new IllegalArgumentException("No price: " + unscaled + "e-" + scale);
        }
        return digits == 0 ? ZERO : new Price(digits, decimals, null);
    }

    /**
     * The price of this value.
     *
     * @throws IllegalArgumentException if it is negative, too large or has too many decimals
     */
    public static Price of(BigDecimal value) {
        BigDecimal shortest = value.stripTrailingZeros();
        if (shortest.signum() < 0
                || shortest.precision() - shortest.scale() > INTEGER_DIGITS
                || shortest.scale() > MAX_SCALE) {
            throw new IllegalArgumentException("No price: " + value);
        }
        if (shortest.scale() < 0) {
            shortest = shortest.setScale(0);
        }
        return shortest.precision() <= LONG_DIGITS
                ? of(shortest.unscaledValue().longValue(), shortest.scale())
                : new Price(0, shortest.scale(), shortest);
    }

    /** Whether {@link #unscaled()} and {@link #scale()} tell the whole price. */
    public boolean isCompact() {
        return big == null;
    }

    /**
     * The digits of a compact price as a number.
     *
     * @throws IllegalStateException if it is not compact
     */
    public long unscaled() {
        if (big != null) {
            throw new IllegalStateException(big + " has more than 18 digits");
        }
        return unscaled;
    }

    /** How many of the digits are decimals; the last one is never 0. */
    public int scale() {
        return scale;
    }

    public BigDecimal toBigDecimal() {
        return big != null ? big : BigDecimal.valueOf(unscaled, scale);
    }

    /** Continues a checksum with the text of this price, which is not built for it. */
    int updateCrc(int crc) {
        if (big != null || scale > LONG_DIGITS) {
            return Crc32.update(crc, toString());
        }
        if (scale == 0) {
            return Crc32.update(crc, unscaled);
        }
        long unit = POWERS[scale];
        int next = Crc32.update(Crc32.update(crc, unscaled / unit), '.');
        long decimals = unscaled % unit;
        for (long place = unit / 10; place > 0; place /= 10) {
            next = Crc32.update(next, (char) ('0' + decimals / place % 10));
        }
        return next;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Price that
                        && unscaled == that.unscaled
                        && scale == that.scale
                        && Objects.equals(big, that.big);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Long.hashCode(unscaled) + scale) + Objects.hashCode(big);
    }

    /** The shortest plain text: {@code 7.7}, {@code 30}, never {@code 3E+1}. */
    @Override
    public String toString() {
        if (big != null || scale > LONG_DIGITS) {
            return toBigDecimal().toPlainString();
        }
        if (scale == 0) {
            return Long.toString(unscaled);
        }
        long unit = POWERS[scale];
        // The leading 1 keeps the zeros behind the point, which then takes its place.
        StringBuilder text = new StringBuilder(24).append(unscaled / unit);
        int point = text.length();
        text.append(unit + unscaled % unit).setCharAt(point, '.');
        return text.toString();
    }
}

package io.massivepipeline.sources.wire;

import io.massivepipeline.sources.trade.Price;

import java.math.BigDecimal;

/**
 * A number of a frame, exact. Digits and exponent are looked at before anything is computed, so
 * that {@code 1e-999999999} costs no more than {@code 1}.
 *
 * <p>Numbers as the provider writes them are read straight from the parser's buffer; an instance is
 * made only for the others: signs, exponents, many digits.
 */
final class JsonNumber {

    /** A number of more characters is a fault of its frame. */
    static final int MAX_LENGTH = 1000;

    /** Exponents from here on are refused, even those of zero. */
    private static final int EXPONENT_LIMIT = 5000;

    /** So many digits fit a long in any case. */
    private static final int LONG_DIGITS = 18;

    private static final int PRICE_DIGITS = 9;

    /** The significant digits; empty for zero. */
    private final String digits;

    /** The power of ten of the last of them. */
    private final int exponent;

    private JsonNumber(String digits, int exponent) {
        this.digits = digits;
        this.exponent = exponent;
    }

    /**
     * A whole number from 0 to below {@code limit}, which may be written {@code 12.0} or {@code
     * 1e3}.
     *
     * @return -1 if it is anything else
     */
    static long whole(char[] text, int offset, int length, long limit) {
        if (length > LONG_DIGITS) {
            return exactWhole(text, offset, length, limit);
        }
        long value = 0;
        for (int i = offset; i < offset + length; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return exactWhole(text, offset, length, limit);
            }
            value = value * 10 + digit;
        }
        return value < limit ? value : -1;
    }

    /** A price, or null if the number is none. */
    static Price price(char[] text, int offset, int length) {
        if (length > LONG_DIGITS) {
            return exactPrice(text, offset, length);
        }
        long unscaled = 0;
        int end = offset + length;
        int point = end;
        for (int i = offset; i < end; i++) {
            int digit = text[i] - '0';
            if (digit >= 0 && digit <= 9) {
                unscaled = unscaled * 10 + digit;
            } else if (text[i] == '.') {
                point = i;
            } else {
                return exactPrice(text, offset, length);
            }
        }
        if (point - offset > PRICE_DIGITS) {
            return null;
        }
        return Price.of(unscaled, point == end ? 0 : end - point - 1);
    }

    private static long exactWhole(char[] text, int offset, int length, long limit) {
        JsonNumber number = read(text, offset, length);
        if (number == null
                || number.exponent < 0
                || number.digits.length() + number.exponent > LONG_DIGITS) {
            return -1;
        }
        long value = number.scaled();
        return value < limit ? value : -1;
    }

    private static Price exactPrice(char[] text, int offset, int length) {
        JsonNumber number = read(text, offset, length);
        if (number == null
                || number.digits.length() + number.exponent > PRICE_DIGITS
                || number.exponent < -Price.MAX_SCALE) {
            return null;
        }
        if (number.exponent >= 0) {
            return Price.of(number.scaled(), 0);
        }
        return Price.of(new BigDecimal(number.digits).movePointLeft(-number.exponent));
    }

    private long scaled() {
        long value = digits.isEmpty() ? 0 : Long.parseLong(digits);
        for (int i = 0; i < exponent; i++) {
            value *= 10;
        }
        return value;
    }

    /** Null if it is negative or its exponent is out of all reason. The text is a JSON number. */
    private static JsonNumber read(char[] text, int offset, int length) {
        boolean negative = text[offset] == '-';
        StringBuilder significant = new StringBuilder(length);
        int end = offset + length;
        int i = negative ? offset + 1 : offset;
        int decimals = 0;
        boolean fraction = false;
        for (; i < end && text[i] != 'e' && text[i] != 'E'; i++) {
            if (text[i] == '.') {
                fraction = true;
                continue;
            }
            if (fraction) {
                decimals++;
            }
            if (text[i] != '0' || significant.length() > 0) {
                significant.append(text[i]);
            }
        }
        int written = i < end ? exponent(text, i + 1, end) : 0;
        if (Math.abs(written) >= EXPONENT_LIMIT || negative && significant.length() > 0) {
            return null;
        }
        if (significant.length() == 0) {
            return new JsonNumber("", 0);
        }
        int kept = significant.length();
        while (significant.charAt(kept - 1) == '0') {
            kept--;
        }
        int dropped = significant.length() - kept;
        return new JsonNumber(significant.substring(0, kept), written - decimals + dropped);
    }

    /** The exponent, or the limit if it reaches it. */
    private static int exponent(char[] text, int from, int end) {
        boolean signed = text[from] == '-' || text[from] == '+';
        int value = 0;
        for (int i = signed ? from + 1 : from; i < end; i++) {
            value = Math.min(EXPONENT_LIMIT, value * 10 + (text[i] - '0'));
        }
        return text[from] == '-' ? -value : value;
    }
}

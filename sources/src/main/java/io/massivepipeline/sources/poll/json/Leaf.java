package io.massivepipeline.sources.poll.json;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Reads leaves leniently: what is missing, null, of another type or out of all reason is null.
 * Whole numbers may be written {@code 12.0}. Decimals are exact and in their shortest form.
 */
public final class Leaf {

    /** Beyond so many digits before or behind the point a number means nothing here. */
    private static final int MAX_DIGITS = 30;

    private static final long MICROSECONDS_FROM = 100_000_000_000_000L;
    private static final long NANOSECONDS_FROM = 100_000_000_000_000_000L;
    private static final long PER_MILLI = 1_000L;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private Leaf() {}

    /** A mapper for such answers: numbers are never doubles. */
    public static ObjectMapper mapper() {
        return JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
                .build();
    }

    /** A text that is not empty, or null. */
    public static String text(JsonNode object, String name) {
        JsonNode leaf = object.get(name);
        return leaf != null && leaf.isTextual() && !leaf.textValue().isEmpty()
                ? leaf.textValue()
                : null;
    }

    /** An exact number, or null. */
    public static BigDecimal decimal(JsonNode object, String name) {
        JsonNode leaf = object.get(name);
        if (leaf == null || !leaf.isNumber()) {
            return null;
        }
        BigDecimal number = leaf.decimalValue();
        if (number.signum() == 0) {
            return BigDecimal.ZERO;
        }
        // Looked at before anything is expanded: 1e999999999 is short to write.
        if (Math.abs((long) number.precision() - number.scale()) > MAX_DIGITS
                || number.scale() > MAX_DIGITS
                || number.precision() > MAX_DIGITS) {
            return null;
        }
        BigDecimal shortest = number.stripTrailingZeros();
        return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }

    /** A whole number, or null; what is behind the point is cut off. */
    public static Long whole(JsonNode object, String name) {
        JsonNode leaf = object.get(name);
        if (leaf != null && leaf.isIntegralNumber() && leaf.canConvertToLong()) {
            return leaf.longValue();
        }
        BigDecimal number = decimal(object, name);
        if (number == null) {
            return null;
        }
        BigInteger whole = number.toBigInteger();
        return whole.bitLength() < Long.SIZE ? Long.valueOf(whole.longValue()) : null;
    }

    /** A whole number that an int can hold, or null. */
    public static Integer small(JsonNode object, String name) {
        Long whole = whole(object, name);
        return whole == null || whole != whole.intValue()
                ? null
                : Integer.valueOf(whole.intValue());
    }

    /** A number for which the nearest double is good enough, or null. */
    public static Double real(JsonNode object, String name) {
        BigDecimal number = decimal(object, name);
        return number == null ? null : Double.valueOf(number.doubleValue());
    }

    /**
     * A time in Unix milliseconds, or null. The provider writes nanoseconds in some places and
     * milliseconds in others; which, is seen by the size.
     */
    public static Long time(JsonNode object, String name) {
        Long time = whole(object, name);
        if (time == null || time <= 0) {
            return null;
        }
        if (time >= NANOSECONDS_FROM) {
            return time / NANOS_PER_MILLI;
        }
        return time >= MICROSECONDS_FROM ? Long.valueOf(time / PER_MILLI) : time;
    }

    /** An object inside, or one without any leaf. */
    public static JsonNode object(JsonNode object, String name) {
        JsonNode inside = object.get(name);
        return inside != null && inside.isObject() ? inside : JsonNodeFactory.instance.objectNode();
    }
}

package io.massivepipeline.sources.trade;

/**
 * To which underlying an option root belongs.
 *
 * <p>Digits at both ends are no part of the name: OCC marks adjusted series with a digit behind
 * ({@code GME1}) and FLEX series with one before ({@code 4SPX}). The weekly and PM-settled index
 * roots of Cboe and Nasdaq then fold into their index; any other root is its own underlying.
 */
final class Underlyings {

    private Underlyings() {}

    /** {@code SPXW} to {@code SPX}, {@code GME1} to {@code GME}; a root of digits alone stays. */
    static String of(String root) {
        int from = 0;
        int to = root.length();
        while (from < to && isDigit(root.charAt(from))) {
            from++;
        }
        while (to > from && isDigit(root.charAt(to - 1))) {
            to--;
        }
        String bare = from == to ? root : root.substring(from, to);
        return switch (bare) {
            case "SPXW" -> "SPX";
            case "NDXP" -> "NDX";
            case "RUTW" -> "RUT";
            case "VIXW" -> "VIX";
            default -> bare;
        };
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

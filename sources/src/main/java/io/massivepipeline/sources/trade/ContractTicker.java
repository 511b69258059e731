package io.massivepipeline.sources.trade;

import java.time.YearMonth;
import java.util.function.BiFunction;

/** The grammar of an option ticker. Strict: what is not exactly a ticker is none. */
final class ContractTicker {

    private static final int PREFIX = 2;
    private static final int MAX_ROOT = 6;
    private static final int DATE = 6;
    private static final int STRIKE = 8;
    private static final int CENTURY = 20_000_000;
    private static final int TAIL = DATE + 1 + STRIKE;

    /** No ticker is shorter. */
    static final int MIN_LENGTH = PREFIX + 1 + TAIL;

    /** No ticker is longer. */
    static final int MAX_LENGTH = PREFIX + MAX_ROOT + TAIL;

    private ContractTicker() {}

    /**
     * The contract, or null if the text is no ticker.
     *
     * @param seriesOf a root and an expiry date to their series
     */
    static OptionContract parse(
            CharSequence text, BiFunction<String, Integer, OptionSeries> seriesOf) {
        int rootLength = text.length() - PREFIX - TAIL;
        if (rootLength < 1
                || rootLength > MAX_ROOT
                || text.charAt(0) != 'O'
                || text.charAt(1) != ':') {
            return null;
        }
        int rootEnd = PREFIX + rootLength;
        for (int i = PREFIX; i < rootEnd; i++) {
            if (!isRootCharacter(text.charAt(i))) {
                return null;
            }
        }
        int date = digits(text, rootEnd, rootEnd + DATE);
        OptionRight right = right(text.charAt(rootEnd + DATE));
        int strike = digits(text, rootEnd + DATE + 1, text.length());
        if (date < 0 || right == null || strike < 0 || !exists(date)) {
            return null;
        }
        String ticker = text.toString();
        String root = ticker.substring(PREFIX, rootEnd);
        return new OptionContract(ticker, seriesOf.apply(root, CENTURY + date), right, strike);
    }

    private static boolean isRootCharacter(char c) {
        return c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static OptionRight right(char c) {
        return switch (c) {
            case 'C' -> OptionRight.CALL;
            case 'P' -> OptionRight.PUT;
            default -> null;
        };
    }

    /** The number that ASCII digits make, or -1 if there is anything else among them. */
    private static int digits(CharSequence text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }

    private static boolean exists(int yyMMdd) {
        int month = yyMMdd / 100 % 100;
        return month >= 1
                && month <= 12
                && YearMonth.of(2000 + yyMMdd / 10_000, month).isValidDay(yyMMdd % 100);
    }
}

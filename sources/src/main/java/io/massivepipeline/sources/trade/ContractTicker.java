package io.massivepipeline.sources.trade;

import java.time.YearMonth;

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

    /** The contract of the ticker in this place of a buffer, or null if it is no ticker. */
    static OptionContract parse(char[] buffer, int offset, int length, SeriesLookup series) {
        int rootLength = length - PREFIX - TAIL;
        if (rootLength < 1
                || rootLength > MAX_ROOT
                || buffer[offset] != 'O'
                || buffer[offset + 1] != ':') {
            return null;
        }
        int root = offset + PREFIX;
        int rootEnd = root + rootLength;
        for (int i = root; i < rootEnd; i++) {
            if (!isRootCharacter(buffer[i])) {
                return null;
            }
        }
        int date = digits(buffer, rootEnd, rootEnd + DATE);
        OptionRight right = right(buffer[rootEnd + DATE]);
        int strike = digits(buffer, rootEnd + DATE + 1, offset + length);
        if (date < 0 || right == null || strike < 0 || !exists(date)) {
            return null;
        }
        return new OptionContract(series.get(buffer, root, rootEnd, CENTURY + date), right, strike);
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
    private static int digits(char[] buffer, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            char c = buffer[i];
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

    /**
     * Puts a ticker into bytes, in ASCII.
     *
     * @return where it ends
     */
    static int write(byte[] start, OptionRight right, int strike, byte[] target, int at) {
        System.arraycopy(start, 0, target, at, start.length);
        int letter = at + start.length;
        target[letter] = letterOf(right);
        int end = letter + 1 + STRIKE;
        int rest = strike;
        for (int i = end - 1; i > letter; i--) {
            int tenth = rest / 10;
            target[i] = (byte) ('0' + rest - tenth * 10);
            rest = tenth;
        }
        return end;
    }

    /** The state of {@link Crc32} after a ticker that begins as the series says. */
    static int crc(int crcOfStart, OptionRight right, int strike) {
        int state = Crc32.update(crcOfStart, (char) letterOf(right));
        for (int power = 10_000_000; power > 0; power /= 10) {
            state = Crc32.update(state, (char) ('0' + strike / power % 10));
        }
        return state;
    }

    private static byte letterOf(OptionRight right) {
        return (byte) (right == OptionRight.CALL ? 'C' : 'P');
    }
}

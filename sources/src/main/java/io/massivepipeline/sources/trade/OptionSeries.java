package io.massivepipeline.sources.trade;

import java.nio.charset.StandardCharsets;

/**
 * The contracts of one root and expiry date, {@code SPXW} of {@code 20251223}: what all of them
 * share, so that it is there once and not with each of some hundred strikes.
 */
final class OptionSeries {

    /** Its digits behind the first are the six of a date of year, month and day. */
    private static final int CENTURY = 1_000_000;

    private final String root;
    private final long rootNumber;
    private final String underlying;
    private final int expiry;
    private final String expiryKey;
    private final byte[] tickerStart;
    private final int crcOfTickerStart;

    /**
     * @param root at most six characters
     * @param expiry the date as a number
     */
    OptionSeries(String root, int expiry) {
        this.root = root;
        this.rootNumber = numberOf(root.toCharArray(), 0, root.length());
        this.underlying = Underlyings.of(root);
        this.expiry = expiry;
        this.expiryKey = underlying + ":" + expiry;
        String date = Integer.toString(CENTURY + expiry % CENTURY).substring(1);
        String start = "O:" + root + date;
        this.tickerStart = start.getBytes(StandardCharsets.US_ASCII);
        this.crcOfTickerStart = Crc32.update(Crc32.START, start);
    }

    /** The characters of a root as one number, a byte each. */
    static long numberOf(char[] buffer, int from, int end) {
        long number = 0;
        for (int i = from; i < end; i++) {
            number = number << Byte.SIZE | buffer[i];
        }
        return number;
    }

    String root() {
        return root;
    }

    /** The characters of the root, a byte each. */
    long rootNumber() {
        return rootNumber;
    }

    String underlying() {
        return underlying;
    }

    int expiry() {
        return expiry;
    }

    /** Underlying and expiry, {@code SPX:20251223}. */
    String expiryKey() {
        return expiryKey;
    }

    /** What the tickers begin with, {@code O:SPXW251223}, in ASCII, not to be changed. */
    byte[] tickerStart() {
        return tickerStart;
    }

    /** The state of {@link Crc32} after that. */
    int crcOfTickerStart() {
        return crcOfTickerStart;
    }

    boolean is(long number, int date) {
        return rootNumber == number && expiry == date;
    }
}

package io.massivepipeline.sources.trade;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A listed option, read from its ticker once and then shared by all its trades.
 *
 * <p>It is as small as it can be, since with the whole market a trade is mostly the first of its
 * contract for a while, and hundreds of thousands of them may wait: what contracts of a root and
 * expiry have in common is there once, and the ticker becomes text only for whoever asks for it.
 *
 * <p>Two contracts are equal if their tickers are. {@code SPX} and {@code SPXW} of one third Friday
 * are different contracts of one underlying and expiry: the one settles at the open, the other at
 * the close.
 */
public final class OptionContract {

    /** No ticker has more characters. */
    public static final int LONGEST_TICKER = ContractTicker.MAX_LENGTH;

    private final OptionSeries series;
    private final OptionRight right;
    private final int strikeThousandths;
    private final int crcOfTicker;

    OptionContract(OptionSeries series, OptionRight right, int strikeThousandths) {
        this.series = series;
        this.right = right;
        this.strikeThousandths = strikeThousandths;
        this.crcOfTicker = ContractTicker.crc(series.crcOfTickerStart(), right, strikeThousandths);
    }

    /**
     * Reads a ticker: {@code O:}, a root of 1 to 6 of {@code A-Z0-9}, a {@code yyMMdd} that exists,
     * {@code C} or {@code P}, 8 digits of strike in thousandths.
     *
     * @return nothing if it is not exactly that
     */
    public static Optional<OptionContract> parse(CharSequence ticker) {
        char[] characters = ticker.toString().toCharArray();
        return Optional.ofNullable(
                ContractTicker.parse(
                        characters,
                        0,
                        characters.length,
                        (buffer, from, end, expiry) ->
                                new OptionSeries(new String(buffer, from, end - from), expiry)));
    }

    /** As received: {@code O:SPXW251223P06870000}. The text is made anew each time. */
    public String ticker() {
        byte[] ascii = new byte[LONGEST_TICKER];
        return new String(ascii, 0, writeTicker(ascii, 0), StandardCharsets.US_ASCII);
    }

    /**
     * Puts the ticker into bytes, in ASCII, without making text of it.
     *
     * @param target has room for {@link #LONGEST_TICKER} bytes behind {@code at}
     * @return where it ends
     */
    public int writeTicker(byte[] target, int at) {
        return ContractTicker.write(series.tickerStart(), right, strikeThousandths, target, at);
    }

    /** The option root: {@code SPXW}. */
    public String root() {
        return series.root();
    }

    /** The characters of the root as one number, a byte each. */
    public long rootNumber() {
        return series.rootNumber();
    }

    /** The underlying of the root: {@code SPX}. */
    public String underlying() {
        return series.underlying();
    }

    /** The expiry date as the number {@code yyyymmdd}: {@code 20251223}. */
    public int expiry() {
        return series.expiry();
    }

    public OptionRight right() {
        return right;
    }

    /** The strike in thousandths of the price unit: {@code 6870000} for 6870. */
    public long strikeThousandths() {
        return strikeThousandths;
    }

    /** Underlying and expiry, {@code SPX:20251223}: by this trades are ordered and written. */
    public String expiryKey() {
        return series.expiryKey();
    }

    /** The state of {@link Crc32} after the ticker, with which every id of its trades begins. */
    int crcOfTicker() {
        return crcOfTicker;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof OptionContract that
                        && strikeThousandths == that.strikeThousandths
                        && right == that.right
                        && series.is(that.series.rootNumber(), that.series.expiry());
    }

    /** The checksum of the ticker is as good a hash as any. */
    @Override
    public int hashCode() {
        return crcOfTicker;
    }

    @Override
    public String toString() {
        return ticker();
    }
}

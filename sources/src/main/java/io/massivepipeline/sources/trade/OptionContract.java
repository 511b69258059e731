package io.massivepipeline.sources.trade;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A listed option, read from its ticker once and then shared by all its trades.
 *
 * <p>Two contracts are equal if their tickers are. {@code SPX} and {@code SPXW} of one third Friday
 * are different contracts of one underlying and expiry: the one settles at the open, the other at
 * the close.
 */
public final class OptionContract {

    private final String ticker;
    private final OptionSeries series;
    private final OptionRight right;
    private final long strikeThousandths;
    private final byte[] tickerBytes;
    private final int crcOfTicker;

    OptionContract(String ticker, OptionSeries series, OptionRight right, long strikeThousandths) {
        this.ticker = ticker;
        this.series = series;
        this.right = right;
        this.strikeThousandths = strikeThousandths;
        this.tickerBytes = ticker.getBytes(StandardCharsets.US_ASCII);
        this.crcOfTicker = Crc32.update(Crc32.START, ticker);
    }

    /**
     * Reads a ticker: {@code O:}, a root of 1 to 6 of {@code A-Z0-9}, a {@code yyMMdd} that exists,
     * {@code C} or {@code P}, 8 digits of strike in thousandths.
     *
     * @return nothing if it is not exactly that
     */
    public static Optional<OptionContract> parse(CharSequence ticker) {
        return Optional.ofNullable(ContractTicker.parse(ticker, OptionSeries::new));
    }

    /** As received: {@code O:SPXW251223P06870000}. */
    public String ticker() {
        return ticker;
    }

    /** The option root: {@code SPXW}. */
    public String root() {
        return series.root();
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

    /** The ticker in ASCII, not to be changed. */
    public byte[] tickerBytes() {
        return tickerBytes;
    }

    /** The state of {@link Crc32} after the ticker, with which every id of its trades begins. */
    int crcOfTicker() {
        return crcOfTicker;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof OptionContract that && ticker.equals(that.ticker);
    }

    @Override
    public int hashCode() {
        return ticker.hashCode();
    }

    @Override
    public String toString() {
        return ticker;
    }
}

package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.analytics.PremiumSum;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** One contract of a row: what it traded on the trade date, and what the chain says of it. */
final class Leg {

    private static final int VWAP_DECIMALS = 4;
    private static final int NOMINAL_SHARES = 100;

    private final String ticker;

    private LastTrade last = new LastTrade();
    private long trades;
    private long volume;
    private PremiumSum premium = new PremiumSum();
    private long recentVolume;

    /** What the chain says, or null if the contract is not active. */
    private Quote quote;

    Leg(String ticker) {
        this.ticker = ticker;
    }

    void add(ContractTrades added) {
        trades += added.trades();
        volume += added.volume();
        premium.add(added.premium());
        last.add(added.last());
    }

    void addRecentVolume(long change) {
        recentVolume += change;
    }

    /** A new trade date begins. */
    void beginDate() {
        last.clear();
        trades = 0;
        volume = 0;
        premium.clear();
        recentVolume = 0;
    }

    void quote(Quote newest) {
        quote = newest;
    }

    /** Whether it neither traded on the trade date nor is active. */
    boolean isIdle() {
        return trades == 0 && quote == null;
    }

    String ticker() {
        return ticker;
    }

    /** The trade that the last price is of, if there was one. */
    LastTrade last() {
        return last;
    }

    /** How many, whatever their reports. */
    long trades() {
        return trades;
    }

    /** The sizes of regular ones. */
    long volume() {
        return volume;
    }

    /** Of regular ones, dollars. */
    BigDecimal premium() {
        return premium.value();
    }

    /** Dollars per share over the regular trades, null if there was none. */
    BigDecimal vwap() {
        if (volume == 0) {
            return null;
        }
        BigDecimal shares = BigDecimal.valueOf(volume).multiply(BigDecimal.valueOf(NOMINAL_SHARES));
        return premium.value().divide(shares, VWAP_DECIMALS, RoundingMode.HALF_EVEN);
    }

    /** The sizes of on-time regular trades of the last sixty completed seconds. */
    long recentVolume() {
        return recentVolume;
    }

    Quote quote() {
        return quote;
    }

    Leg copy() {
        Leg copy = new Leg(ticker);
        copy.last = last.copy();
        copy.trades = trades;
        copy.volume = volume;
        copy.premium.add(premium);
        copy.recentVolume = recentVolume;
        copy.quote = quote;
        return copy;
    }

    /** Writes one that may be null. */
    static void write(Leg leg, DataOutputView out) throws IOException {
        out.writeBoolean(leg != null);
        if (leg == null) {
            return;
        }
        out.writeUTF(leg.ticker);
        leg.last.write(out);
        out.writeLong(leg.trades);
        out.writeLong(leg.volume);
        leg.premium.write(out);
        out.writeLong(leg.recentVolume);
        out.writeBoolean(leg.quote != null);
        if (leg.quote != null) {
            leg.quote.write(out);
        }
    }

    static Leg read(DataInputView in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        Leg leg = new Leg(in.readUTF());
        leg.last = LastTrade.read(in);
        leg.trades = in.readLong();
        leg.volume = in.readLong();
        leg.premium = PremiumSum.read(in);
        leg.recentVolume = in.readLong();
        leg.quote = in.readBoolean() ? Quote.read(in) : null;
        return leg;
    }
}

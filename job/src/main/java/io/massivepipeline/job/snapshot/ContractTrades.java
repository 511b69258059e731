package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.analytics.PremiumSum;
import io.massivepipeline.job.structure.IdentifiedTrade;
import io.massivepipeline.sources.calendar.TradeDate;
import io.massivepipeline.sources.trade.OptionTrade;
import io.massivepipeline.sources.trade.TradeReport;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * What some trades of one contract add to a cut: either on-time trades of one second, or late
 * trades of one trade date.
 */
final class ContractTrades {

    /** Late trades are of no second: they are in no figure of the last minute. */
    static final long NO_SECOND = 0;

    private static final long SECOND = 1000;

    private final String ticker;
    private final int tradeDate;
    private final long secondEnd;
    private final PremiumSum premium;

    private int trades;
    private long volume;
    private long newest;
    private LastTrade last = new LastTrade();

    private ContractTrades(String ticker, int tradeDate, long secondEnd, PremiumSum premium) {
        this.ticker = ticker;
        this.tradeDate = tradeDate;
        this.secondEnd = secondEnd;
        this.premium = premium;
    }

    /** Of one trade, to which those that {@link #takes} accepts may be added. */
    static ContractTrades of(IdentifiedTrade first) {
        OptionTrade trade = first.trade();
        ContractTrades begun =
                new ContractTrades(
                        trade.contract().ticker(),
                        TradeDate.of(trade.timestamp()),
                        secondOf(trade),
                        new PremiumSum());
        begun.add(first);
        return begun;
    }

    private static long secondOf(OptionTrade trade) {
        return trade.late() ? NO_SECOND : (Math.floorDiv(trade.timestamp(), SECOND) + 1) * SECOND;
    }

    /** Whether a trade of the same contract belongs here. */
    boolean takes(OptionTrade trade) {
        return secondOf(trade) == secondEnd
                && (secondEnd != NO_SECOND || TradeDate.of(trade.timestamp()) == tradeDate);
    }

    void add(IdentifiedTrade identified) {
        OptionTrade trade = identified.trade();
        trades++;
        newest = Math.max(newest, trade.timestamp());
        if (trade.report() == TradeReport.REGULAR) {
            volume += trade.size();
            premium.add(trade.price(), trade.size());
        }
        last.add(identified);
    }

    String ticker() {
        return ticker;
    }

    int tradeDate() {
        return tradeDate;
    }

    /** The end of their second, or {@link #NO_SECOND}. */
    long secondEnd() {
        return secondEnd;
    }

    /** How many, whatever their reports. */
    int trades() {
        return trades;
    }

    /** The sizes of regular ones. */
    long volume() {
        return volume;
    }

    /** Of regular ones; not to be changed. */
    PremiumSum premium() {
        return premium;
    }

    /** The newest {@code t}. */
    long newest() {
        return newest;
    }

    /** The one that makes the last price, if any does; not to be changed. */
    LastTrade last() {
        return last;
    }

    void write(DataOutputView out) throws IOException {
        out.writeUTF(ticker);
        out.writeInt(tradeDate);
        out.writeLong(secondEnd);
        premium.write(out);
        out.writeInt(trades);
        out.writeLong(volume);
        out.writeLong(newest);
        last.write(out);
    }

    static ContractTrades read(DataInputView in) throws IOException {
        ContractTrades read =
                new ContractTrades(in.readUTF(), in.readInt(), in.readLong(), PremiumSum.read(in));
        read.trades = in.readInt();
        read.volume = in.readLong();
        read.newest = in.readLong();
        read.last = LastTrade.read(in);
        return read;
    }
}

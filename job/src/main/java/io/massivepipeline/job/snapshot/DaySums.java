package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.analytics.PremiumSum;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Adds up the trades of a trade date into {@link SnapshotTotals}. */
final class DaySums {

    /** How far from the end of a ticker its right stands: before eight digits of strike. */
    private static final int RIGHT_FROM_END = 9;

    private long trades;
    private long callVolume;
    private long putVolume;
    private PremiumSum premium = new PremiumSum();

    void add(ContractTrades added) {
        trades += added.trades();
        String ticker = added.ticker();
        if (ticker.charAt(ticker.length() - RIGHT_FROM_END) == 'C') {
            callVolume += added.volume();
        } else {
            putVolume += added.volume();
        }
        premium.add(added.premium());
    }

    SnapshotTotals totals() {
        return new SnapshotTotals(trades, callVolume, putVolume, premium.value());
    }

    void clear() {
        trades = 0;
        callVolume = 0;
        putVolume = 0;
        premium.clear();
    }

    DaySums copy() {
        DaySums copy = new DaySums();
        copy.trades = trades;
        copy.callVolume = callVolume;
        copy.putVolume = putVolume;
        copy.premium.add(premium);
        return copy;
    }

    void write(DataOutputView out) throws IOException {
        out.writeLong(trades);
        out.writeLong(callVolume);
        out.writeLong(putVolume);
        premium.write(out);
    }

    static DaySums read(DataInputView in) throws IOException {
        DaySums read = new DaySums();
        read.trades = in.readLong();
        read.callVolume = in.readLong();
        read.putVolume = in.readLong();
        read.premium = PremiumSum.read(in);
        return read;
    }
}

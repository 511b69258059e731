package io.massivepipeline.job.analytics;

import io.massivepipeline.sources.trade.OptionRight;
import io.massivepipeline.sources.trade.OptionTrade;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Adds up trades into {@link TradeSums} without an object a trade. */
final class TradeTally {

    private long trades;
    private long callVolume;
    private long putVolume;
    private long lateVolume;
    private long cancelledVolume;
    private PremiumSum premium = new PremiumSum();
    private long bursts;
    private int largestGroup;
    private long lastTimestamp;

    void add(OptionTrade trade) {
        trades++;
        lastTimestamp = Math.max(lastTimestamp, trade.timestamp());
        int size = trade.size();
        switch (trade.report()) {
            case REGULAR -> {
                if (trade.contract().right() == OptionRight.CALL) {
                    callVolume += size;
                } else {
                    putVolume += size;
                }
                premium.add(trade.price(), size);
            }
            case LATE -> lateVolume += size;
            case CANCEL -> cancelledVolume += size;
        }
    }

    /** Adds a group of on-time trades of one contract in one millisecond; the trades are extra. */
    void addGroup(int size) {
        bursts += size > 1 ? 1 : 0;
        largestGroup = Math.max(largestGroup, size);
    }

    void add(TradeTally other) {
        trades += other.trades;
        callVolume += other.callVolume;
        putVolume += other.putVolume;
        lateVolume += other.lateVolume;
        cancelledVolume += other.cancelledVolume;
        premium.add(other.premium);
        bursts += other.bursts;
        largestGroup = Math.max(largestGroup, other.largestGroup);
        lastTimestamp = Math.max(lastTimestamp, other.lastTimestamp);
    }

    long trades() {
        return trades;
    }

    long lastTimestamp() {
        return lastTimestamp;
    }

    TradeSums sums() {
        return new TradeSums(
                trades,
                callVolume,
                putVolume,
                lateVolume,
                cancelledVolume,
                premium.value(),
                bursts,
                largestGroup,
                lastTimestamp);
    }

    void clear() {
        trades = 0;
        callVolume = 0;
        putVolume = 0;
        lateVolume = 0;
        cancelledVolume = 0;
        premium.clear();
        bursts = 0;
        largestGroup = 0;
        lastTimestamp = 0;
    }

    TradeTally copy() {
        TradeTally copy = new TradeTally();
        copy.add(this);
        return copy;
    }

    void write(DataOutputView out) throws IOException {
        out.writeLong(trades);
        out.writeLong(callVolume);
        out.writeLong(putVolume);
        out.writeLong(lateVolume);
        out.writeLong(cancelledVolume);
        premium.write(out);
        out.writeLong(bursts);
        out.writeInt(largestGroup);
        out.writeLong(lastTimestamp);
    }

    static TradeTally read(DataInputView in) throws IOException {
        TradeTally tally = new TradeTally();
        tally.trades = in.readLong();
        tally.callVolume = in.readLong();
        tally.putVolume = in.readLong();
        tally.lateVolume = in.readLong();
        tally.cancelledVolume = in.readLong();
        tally.premium = PremiumSum.read(in);
        tally.bursts = in.readLong();
        tally.largestGroup = in.readInt();
        tally.lastTimestamp = in.readLong();
        return tally;
    }
}

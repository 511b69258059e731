package io.massivepipeline.job.analytics;

import io.massivepipeline.job.structure.GatheredOutput;
import io.massivepipeline.job.structure.IdentifiedTrade;
import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.sources.calendar.TradeDate;
import io.massivepipeline.sources.trade.OptionTrade;
import io.massivepipeline.sources.trade.TradeReport;

import org.apache.flink.core.memory.DataInputView;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * The running trade date of one underlying and expiry: all that its analytics are made of, in one
 * object, since a look into Flink's state per trade would cost more than the counting.
 *
 * <p>Trades are counted once, into the second that is open; what was counted moves into the sums of
 * the trade date when that second closes. A trade date begins with a whole second, so a second is
 * of one date.
 */
final class ExpiryDay {

    private static final long NONE_OPEN = Long.MAX_VALUE;

    private final StreamKey stream;

    private int tradeDate;
    private TradeTally closed = new TradeTally();
    private long bestSecond;
    private RecentTrades recent = new RecentTrades();
    private long openEnd = NONE_OPEN;
    private int openDate;
    private TradeTally open = new TradeTally();

    ExpiryDay(StreamKey stream) {
        this.stream = stream;
    }

    StreamKey stream() {
        return stream;
    }

    /** Whether a second is open. */
    boolean isOpen() {
        return openEnd != NONE_OPEN;
    }

    /** The end of the second that is open, or {@link Long#MAX_VALUE}. */
    long openEnd() {
        return openEnd;
    }

    /** The newest {@code t}. */
    long lastTimestamp() {
        return Math.max(closed.lastTimestamp(), open.lastTimestamp());
    }

    /**
     * Adds what was released together.
     *
     * @param trades in the order of their ids
     * @param completed the end of the last completed second
     * @param windows takes the seconds that these trades close
     */
    void add(
            List<IdentifiedTrade> trades,
            BurstCounter bursts,
            long completed,
            Consumer<OneSecondWindow> windows) {
        int from = 0;
        while (from < trades.size()) {
            long timestamp = trades.get(from).trade().timestamp();
            int to = from;
            boolean onTime = false;
            while (to < trades.size() && trades.get(to).trade().timestamp() == timestamp) {
                OptionTrade trade = trades.get(to++).trade();
                if (trade.late()) {
                    addLate(trade);
                } else {
                    addOnTime(trade, completed, windows);
                    onTime = true;
                }
            }
            if (onTime) {
                bursts.count(trades, from, to, open);
            }
            from = to;
        }
    }

    private void addLate(OptionTrade trade) {
        int date = TradeDate.of(trade.timestamp());
        beginDate(date);
        if (date == tradeDate) {
            closed.add(trade);
        }
    }

    private void addOnTime(OptionTrade trade, long completed, Consumer<OneSecondWindow> windows) {
        if (openEnd == NONE_OPEN || trade.timestamp() >= openEnd) {
            close(windows);
            openEnd = EventSeconds.endOf(trade.timestamp());
            openDate = TradeDate.of(trade.timestamp());
            beginDate(openDate);
        }
        open.add(trade);
        if (openDate == tradeDate) {
            int volume = trade.report() == TradeReport.REGULAR ? trade.size() : 0;
            recent.add(openEnd, trade.contract(), volume, completed);
        }
    }

    /** Closes the open second if it is over. */
    void closeUntil(long watermark, Consumer<OneSecondWindow> windows) {
        if (openEnd - 1 <= watermark) {
            close(windows);
        }
    }

    private void close(Consumer<OneSecondWindow> windows) {
        if (openEnd == NONE_OPEN) {
            return;
        }
        windows.accept(new OneSecondWindow(stream, openEnd, open.sums()));
        if (openDate == tradeDate) {
            closed.add(open);
            bestSecond = Math.max(bestSecond, open.trades());
        }
        open.clear();
        openEnd = NONE_OPEN;
    }

    /** The sums of a new trade date start from 0; those of an earlier one have had their time. */
    private void beginDate(int date) {
        if (date > tradeDate) {
            tradeDate = date;
            closed.clear();
            bestSecond = 0;
            recent.clear();
        }
    }

    /**
     * Where things stand.
     *
     * @param completed the end of the last completed second
     */
    DayAnalytics analytics(long completed) {
        recent.advanceTo(completed);
        TradeTally all = closed.copy();
        long best = bestSecond;
        if (openEnd != NONE_OPEN && openDate == tradeDate) {
            all.add(open);
            best = Math.max(best, open.trades());
        }
        return new DayAnalytics(
                tradeDate, all.sums(), recent.rates(best), recent.contractsActive());
    }

    /** The contracts that trade most, as of the last call of {@link #analytics}. */
    TopContracts top(int limit) {
        return new TopContracts(stream, recent.top(limit));
    }

    /** Whether rates and activity would change if nothing but time happened. */
    boolean isActive() {
        return !recent.isEmpty();
    }

    ExpiryDay copy() {
        ExpiryDay copy = new ExpiryDay(stream);
        copy.tradeDate = tradeDate;
        copy.closed = closed.copy();
        copy.bestSecond = bestSecond;
        copy.recent = recent.copy();
        copy.openEnd = openEnd;
        copy.openDate = openDate;
        copy.open = open.copy();
        return copy;
    }

    void write(GatheredOutput out) throws IOException {
        out.writeUTF(stream.text());
        out.writeInt(tradeDate);
        closed.write(out);
        out.writeLong(bestSecond);
        recent.write(out);
        out.writeLong(openEnd);
        out.writeInt(openDate);
        open.write(out);
    }

    static ExpiryDay read(DataInputView in) throws IOException {
        ExpiryDay day = new ExpiryDay(StreamKey.parse(in.readUTF()));
        day.tradeDate = in.readInt();
        day.closed = TradeTally.read(in);
        day.bestSecond = in.readLong();
        day.recent = RecentTrades.read(in);
        day.openEnd = in.readLong();
        day.openDate = in.readInt();
        day.open = TradeTally.read(in);
        return day;
    }
}

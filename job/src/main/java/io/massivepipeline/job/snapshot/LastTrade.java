package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.structure.IdentifiedTrade;
import io.massivepipeline.sources.trade.OptionTrade;
import io.massivepipeline.sources.trade.Price;
import io.massivepipeline.sources.trade.TradeReport;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.math.BigDecimal;

/**
 * The trade that a contract's last price is of.
 *
 * @param sequence of its entry id, unsigned
 */
record LastTrade(Price price, int size, long timestamp, long sequence) {

    /** Conditions of trades whose price is not that of the market; from the contract. */
    private static final int FIRST_ODD_CONDITION = 246;

    private static final int LAST_ODD_CONDITION = 248;

    private static final String COMPACT = "";

    /** Whether a trade makes a last price: on time, regular, at a price of the market. */
    static boolean isMadeBy(OptionTrade trade) {
        if (trade.late() || trade.report() != TradeReport.REGULAR) {
            return false;
        }
        for (int condition : trade.conditions()) {
            if (condition >= FIRST_ODD_CONDITION && condition <= LAST_ODD_CONDITION) {
                return false;
            }
        }
        return true;
    }

    static LastTrade of(IdentifiedTrade identified) {
        OptionTrade trade = identified.trade();
        return new LastTrade(
                trade.price(), trade.size(), trade.timestamp(), identified.entrySequence());
    }

    /** The one with the higher entry id; either may be null. */
    static LastTrade newer(LastTrade one, LastTrade other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        int byTime = Long.compare(one.timestamp, other.timestamp);
        int order = byTime != 0 ? byTime : Long.compareUnsigned(one.sequence, other.sequence);
        return order >= 0 ? one : other;
    }

    /** Writes one that may be null. */
    static void write(LastTrade last, DataOutputView out) throws IOException {
        out.writeBoolean(last != null);
        if (last != null) {
            writePrice(last.price, out);
            out.writeInt(last.size);
            out.writeLong(last.timestamp);
            out.writeLong(last.sequence);
        }
    }

    static LastTrade read(DataInputView in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        return new LastTrade(readPrice(in), in.readInt(), in.readLong(), in.readLong());
    }

    /** As two numbers behind an empty text; one that is not compact as a text, as once all were. */
    private static void writePrice(Price price, DataOutputView out) throws IOException {
        out.writeUTF(price.isCompact() ? COMPACT : price.toString());
        if (price.isCompact()) {
            out.writeLong(price.unscaled());
            out.writeByte(price.scale());
        }
    }

    private static Price readPrice(DataInputView in) throws IOException {
        String text = in.readUTF();
        return text.equals(COMPACT)
                ? Price.of(in.readLong(), in.readByte())
                : Price.of(new BigDecimal(text));
    }
}

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
 * The trade that a contract's last price is of: of those that were added and make a last price the
 * one with the highest entry id, if there is any.
 *
 * <p>It changes in place and refers to nothing, since each trade of the market changes one of
 * hundreds of thousands: a value instead would be what most of a garbage collection is about.
 */
final class LastTrade {

    /** Conditions of trades whose price is not that of the market; from the contract. */
    private static final int FIRST_ODD_CONDITION = 246;

    private static final int LAST_ODD_CONDITION = 248;

    private static final String COMPACT = "";

    private boolean present;
    private long unscaled;
    private int scale;
    private int size;
    private long timestamp;
    private long sequence;

    /** A price that two numbers can't tell, else null. */
    private Price longPrice;

    /** Adds a trade, of whatever kind. */
    void add(IdentifiedTrade identified) {
        OptionTrade trade = identified.trade();
        if (isMadeBy(trade) && isBefore(trade.timestamp(), identified.entrySequence())) {
            present = true;
            price(trade.price());
            size = trade.size();
            timestamp = trade.timestamp();
            sequence = identified.entrySequence();
        }
    }

    /** Adds what was added to another. */
    void add(LastTrade other) {
        if (other.present && isBefore(other.timestamp, other.sequence)) {
            take(other);
        }
    }

    /** Whether a trade makes a last price: on time, regular, at a price of the market. */
    private static boolean isMadeBy(OptionTrade trade) {
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

    private boolean isBefore(long otherTimestamp, long otherSequence) {
        return !present
                || timestamp < otherTimestamp
                || timestamp == otherTimestamp && Long.compareUnsigned(sequence, otherSequence) < 0;
    }

    private void price(Price price) {
        longPrice = price.isCompact() ? null : price;
        unscaled = price.isCompact() ? price.unscaled() : 0;
        scale = price.scale();
    }

    private void take(LastTrade other) {
        present = other.present;
        unscaled = other.unscaled;
        scale = other.scale;
        longPrice = other.longPrice;
        size = other.size;
        timestamp = other.timestamp;
        sequence = other.sequence;
    }

    /** Whether there is one; only then has it a price, a size and a time. */
    boolean isPresent() {
        return present;
    }

    /** Dollars per share. */
    Price price() {
        return longPrice == null ? Price.of(unscaled, scale) : longPrice;
    }

    /** Contracts. */
    int size() {
        return size;
    }

    /** Unix milliseconds. */
    long timestamp() {
        return timestamp;
    }

    /** Begins anew with none. */
    void clear() {
        take(new LastTrade());
    }

    LastTrade copy() {
        LastTrade copy = new LastTrade();
        copy.take(this);
        return copy;
    }

    void write(DataOutputView out) throws IOException {
        out.writeBoolean(present);
        if (present) {
            writePrice(out);
            out.writeInt(size);
            out.writeLong(timestamp);
            out.writeLong(sequence);
        }
    }

    static LastTrade read(DataInputView in) throws IOException {
        LastTrade read = new LastTrade();
        read.present = in.readBoolean();
        if (read.present) {
            read.readPrice(in);
            read.size = in.readInt();
            read.timestamp = in.readLong();
            read.sequence = in.readLong();
        }
        return read;
    }

    /** As two numbers behind an empty text; a long one as a text, as once all were. */
    private void writePrice(DataOutputView out) throws IOException {
        out.writeUTF(longPrice == null ? COMPACT : longPrice.toString());
        if (longPrice == null) {
            out.writeLong(unscaled);
            out.writeByte(scale);
        }
    }

    private void readPrice(DataInputView in) throws IOException {
        String text = in.readUTF();
        if (text.equals(COMPACT)) {
            unscaled = in.readLong();
            scale = in.readByte();
        } else {
            price(Price.of(new BigDecimal(text)));
        }
    }
}

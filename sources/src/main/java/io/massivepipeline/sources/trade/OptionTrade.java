package io.massivepipeline.sources.trade;

import org.apache.flink.api.common.typeinfo.TypeInfo;

import java.util.Objects;

/**
 * One trade of the options feed, as the provider sent it, with what the place that saw the whole
 * feed in order decided about its arrival.
 */
@TypeInfo(OptionTradeTypeInfoFactory.class)
public final class OptionTrade {

    /** An exchange or a sequence number that the provider did not send. */
    public static final int ABSENT = -1;

    private static final int ID_HASH_MASK = 0xFFFFF;

    private final OptionContract contract;
    private final Price price;
    private final int size;
    private final long timestamp;
    private final int exchange;
    private final long sequence;
    private final Conditions conditions;
    private final boolean late;
    private final long newestAtJudgement;

    private OptionTrade(Builder from) {
        this.contract = Objects.requireNonNull(from.contract, "contract");
        this.price = Objects.requireNonNull(from.price, "price");
        this.size = from.size;
        this.timestamp = from.timestamp;
        this.exchange = from.exchange;
        this.sequence = from.sequence;
        this.conditions = from.conditions;
        this.late = from.late;
        this.newestAtJudgement = from.newestAtJudgement;
    }

    /** A trade in the making; it may be used again for the next one. */
    public static Builder builder() {
        return new Builder();
    }

    public OptionContract contract() {
        return contract;
    }

    /** Dollars per share. */
    public Price price() {
        return price;
    }

    /** How many contracts, at least 1. */
    public int size() {
        return size;
    }

    /** The provider's time {@code t}, Unix milliseconds: event time. */
    public long timestamp() {
        return timestamp;
    }

    /** The provider's id of the exchange, or {@link #ABSENT}. */
    public int exchange() {
        return exchange;
    }

    /** The provider's sequence number {@code q}, below 2^43, or {@link #ABSENT}. */
    public long sequence() {
        return sequence;
    }

    /** The condition ids, shared between trades: not to be changed. Empty when there are none. */
    public int[] conditions() {
        return conditions.ids();
    }

    /** What the conditions say. Not to be confused with {@link #late()}. */
    public TradeReport report() {
        return conditions.report();
    }

    /** Whether it arrived later than the ordering delay allows. */
    public boolean late() {
        return late;
    }

    /**
     * The newest event time that was known when lateness was judged, before this trade moved it;
     * for the very first trade its own. A late trade belongs to the cut after it.
     */
    public long newestAtJudgement() {
        return newestAtJudgement;
    }

    /** The exchange as the stream writes it: empty when absent. */
    public String exchangeText() {
        return exchange == ABSENT ? "" : Integer.toString(exchange);
    }

    /** The sequence number as the stream writes it: empty when absent. */
    public String sequenceText() {
        return sequence == ABSENT ? "" : Long.toString(sequence);
    }

    /** The conditions as the stream writes them: {@code [209,232]}. */
    public String conditionsText() {
        return conditions.array();
    }

    /**
     * What tells trades of one millisecond and sequence number apart: the low 20 bits of the CRC-32
     * of {@code contract|exchange|price|size|c1,c2}, the fields as the stream writes them.
     */
    public long idHash() {
        int crc = Crc32.update(contract.crcOfTicker(), '|');
        if (exchange != ABSENT) {
            crc = Crc32.update(crc, exchange);
        }
        crc = price.updateCrc(Crc32.update(crc, '|'));
        crc = Crc32.update(Crc32.update(crc, '|'), size);
        crc = conditions.updateCrc(Crc32.update(crc, '|'));
        return Crc32.finish(crc) & ID_HASH_MASK;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof OptionTrade that
                        && timestamp == that.timestamp
                        && sequence == that.sequence
                        && size == that.size
                        && exchange == that.exchange
                        && late == that.late
                        && newestAtJudgement == that.newestAtJudgement
                        && contract.equals(that.contract)
                        && price.equals(that.price)
                        && conditions.equals(that.conditions);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Long.hashCode(timestamp) + Long.hashCode(sequence)) + contract.hashCode();
    }

    @Override
    public String toString() {
        return "OptionTrade["
                + contract
                + " "
                + size
                + " at "
                + price
                + ", t "
                + timestamp
                + ", x "
                + exchangeText()
                + ", q "
                + sequenceText()
                + ", c "
                + conditionsText()
                + (late ? ", late]" : "]");
    }

    /**
     * Names the parts of a trade. Exchange and sequence are absent and there are no conditions
     * until they are set; contract, price, size and timestamp must be.
     */
    public static final class Builder {

        private OptionContract contract;
        private Price price;
        private int size;
        private long timestamp;
        private int exchange = ABSENT;
        private long sequence = ABSENT;
        private Conditions conditions = Conditions.NONE;
        private boolean late;
        private long newestAtJudgement;

        private Builder() {}

        public Builder contract(OptionContract value) {
            contract = value;
            return this;
        }

        public Builder price(Price value) {
            price = value;
            return this;
        }

        public Builder size(int contracts) {
            size = contracts;
            return this;
        }

        /** Sets the event time, and that it was not late and the newest so far. */
        public Builder timestamp(long unixMillis) {
            timestamp = unixMillis;
            return arrival(false, unixMillis);
        }

        public Builder exchange(int id) {
            exchange = id;
            return this;
        }

        public Builder sequence(long number) {
            sequence = number;
            return this;
        }

        public Builder conditions(int... ids) {
            return conditions(ids, ids.length);
        }

        /** Takes the first {@code length} ids of an array, which is not kept. */
        public Builder conditions(int[] ids, int length) {
            conditions = Conditions.of(ids, length);
            return this;
        }

        /** What was decided about its arrival; to be called after {@link #timestamp}. */
        public Builder arrival(boolean isLate, long newestBefore) {
            late = isLate;
            newestAtJudgement = newestBefore;
            return this;
        }

        public OptionTrade build() {
            return new OptionTrade(this);
        }
    }
}

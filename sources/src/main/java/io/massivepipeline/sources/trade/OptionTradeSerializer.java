package io.massivepipeline.sources.trade;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Trades in about 50 bytes: the ticker as it is, numbers as {@link VarInts}. The reading side keeps
 * the contracts it has met, which is why every reader needs a {@link #duplicate()} of its own.
 */
public final class OptionTradeSerializer extends TypeSerializer<OptionTrade> {

    /** Where the scale of a price stands, this is added if the digits do not fit a long. */
    private static final int BIG = 0x40;

    private transient ContractCache contracts;
    private transient byte[] ticker;
    private transient char[] name;
    private transient int[] conditions;

    @Override
    public void serialize(OptionTrade trade, DataOutputView out) throws IOException {
        // Most copies of this serializer only write: they have no use for a cache.
        ticker = ticker == null ? new byte[OptionContract.LONGEST_TICKER] : ticker;
        int length = trade.contract().writeTicker(ticker, 0);
        out.writeByte(length);
        out.write(ticker, 0, length);
        writePrice(trade.price(), out);
        VarInts.write(trade.size(), out);
        VarInts.write(trade.timestamp(), out);
        VarInts.write(trade.exchange() + 1L, out);
        VarInts.write(trade.sequence() + 1L, out);
        int[] ids = trade.conditions();
        VarInts.write(ids.length, out);
        for (int id : ids) {
            VarInts.write(id, out);
        }
        out.writeBoolean(trade.late());
        VarInts.write(trade.newestAtJudgement(), out);
    }

    @Override
    public OptionTrade deserialize(DataInputView in) throws IOException {
        prepare();
        OptionTrade.Builder trade = OptionTrade.builder();
        trade.contract(readContract(in));
        trade.price(readPrice(in));
        trade.size((int) VarInts.read(in));
        trade.timestamp(VarInts.read(in));
        trade.exchange((int) (VarInts.read(in) - 1));
        trade.sequence(VarInts.read(in) - 1);
        int count = (int) VarInts.read(in);
        if (count > conditions.length) {
            conditions = new int[count];
        }
        for (int i = 0; i < count; i++) {
            conditions[i] = (int) VarInts.read(in);
        }
        trade.conditions(conditions, count);
        boolean late = in.readBoolean();
        return trade.arrival(late, VarInts.read(in)).build();
    }

    private void prepare() {
        if (contracts == null) {
            contracts = new ContractCache();
            name = new char[OptionContract.LONGEST_TICKER];
            conditions = new int[8];
        }
    }

    private OptionContract readContract(DataInputView in) throws IOException {
        int length = in.readUnsignedByte();
        if (length > OptionContract.LONGEST_TICKER) {
            throw new IOException("A ticker of " + length + " characters");
        }
        for (int i = 0; i < length; i++) {
            name[i] = (char) in.readUnsignedByte();
        }
        OptionContract contract = contracts.get(name, 0, length);
        if (contract == null) {
            throw new IOException("No ticker: " + new String(name, 0, length));
        }
        return contract;
    }

    private static void writePrice(Price price, DataOutputView out) throws IOException {
        if (price.isCompact()) {
            out.writeByte(price.scale());
            VarInts.write(price.unscaled(), out);
        } else {
            byte[] digits = price.toBigDecimal().unscaledValue().toByteArray();
            out.writeByte(price.scale() | BIG);
            out.writeByte(digits.length);
            out.write(digits);
        }
    }

    private static Price readPrice(DataInputView in) throws IOException {
        int scale = in.readUnsignedByte();
        if ((scale & BIG) == 0) {
            return Price.of(VarInts.read(in), scale);
        }
        byte[] digits = new byte[in.readUnsignedByte()];
        in.readFully(digits);
        return Price.of(new BigDecimal(new BigInteger(digits), scale & ~BIG));
    }

    @Override
    public OptionTrade deserialize(OptionTrade reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
        serialize(deserialize(in), out);
    }

    @Override
    public OptionTrade copy(OptionTrade from) {
        return from;
    }

    @Override
    public OptionTrade copy(OptionTrade from, OptionTrade reuse) {
        return from;
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TypeSerializer<OptionTrade> duplicate() {
        return new OptionTradeSerializer();
    }

    /** Trades are immutable: there is nothing to be filled in later. */
    @Override
    public OptionTrade createInstance() {
        return null;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public TypeSerializerSnapshot<OptionTrade> snapshotConfiguration() {
        return new OptionTradeSerializerSnapshot();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OptionTradeSerializer;
    }

    @Override
    public int hashCode() {
        return OptionTradeSerializer.class.hashCode();
    }
}

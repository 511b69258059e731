package io.massivepipeline.sources.poll.chain;

import io.massivepipeline.sources.trade.OptionRight;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * The bytes of contracts that follow each other. A large chain has tens of thousands of them, every
 * few seconds, while trades wait for a processor: Flink would look up each field by reflection.
 *
 * <p>It has no version of its own: whoever keeps it in checkpoints has one, and must raise it, and
 * keep this one for reading, when the form changes.
 *
 * <p>One instance writes or reads the contracts of one list.
 */
public final class ContractForm {

    /** What stands around the root in a ticker. */
    private static final String TICKER_PREFIX = "O:";

    private static final int BEHIND_ROOT = "251223P06870000".length();

    /** In the place of a scale: the number follows as a text. */
    private static final byte AS_TEXT = Byte.MIN_VALUE;

    private static final int CALL = 1;
    private static final int ROOT_IN_TICKER = 1 << 1;
    private static final int SHARES = 1 << 2;
    private static final int BID = 1 << 3;
    private static final int ASK = 1 << 4;
    private static final int MID = 1 << 5;
    private static final int QUOTED_AT = 1 << 6;
    private static final int LAST = 1 << 7;
    private static final int LAST_AT = 1 << 8;
    private static final int IV = 1 << 9;
    private static final int DELTA = 1 << 10;
    private static final int GAMMA = 1 << 11;
    private static final int THETA = 1 << 12;
    private static final int VEGA = 1 << 13;
    private static final int OPEN_INTEREST = 1 << 14;
    private static final int DAY_VOLUME = 1 << 15;

    /** Of the contract that was read before: mostly that of the next one, too. */
    private String lastRoot = "";

    /** Writes a contract. */
    public void write(ChainContract contract, DataOutput out) throws IOException {
        boolean rootInTicker = isRootOf(contract.root(), contract.ticker());
        int flags =
                flag(CALL, contract.right() == OptionRight.CALL)
                        | flag(ROOT_IN_TICKER, rootInTicker)
                        | flag(SHARES, contract.sharesPerContract() != null)
                        | flag(BID, contract.bid() != null)
                        | flag(ASK, contract.ask() != null)
                        | flag(MID, contract.mid() != null)
                        | flag(QUOTED_AT, contract.quotedAt() != null)
                        | flag(LAST, contract.last() != null)
                        | flag(LAST_AT, contract.lastAt() != null)
                        | flag(IV, contract.iv() != null)
                        | flag(DELTA, contract.delta() != null)
                        | flag(GAMMA, contract.gamma() != null)
                        | flag(THETA, contract.theta() != null)
                        | flag(VEGA, contract.vega() != null)
                        | flag(OPEN_INTEREST, contract.openInterest() != null)
                        | flag(DAY_VOLUME, contract.dayVolume() != null);
        out.writeShort(flags);
        out.writeUTF(contract.ticker());
        if (!rootInTicker) {
            out.writeUTF(contract.root());
        }
        out.writeInt(contract.expiry());
        out.writeLong(contract.strike());
        if (contract.sharesPerContract() != null) {
            out.writeInt(contract.sharesPerContract());
        }
        write(contract.bid(), out);
        write(contract.ask(), out);
        write(contract.mid(), out);
        write(contract.quotedAt(), out);
        write(contract.last(), out);
        write(contract.lastAt(), out);
        write(contract.iv(), out);
        write(contract.delta(), out);
        write(contract.gamma(), out);
        write(contract.theta(), out);
        write(contract.vega(), out);
        write(contract.openInterest(), out);
        write(contract.dayVolume(), out);
    }

    /** Reads a contract. */
    public ChainContract read(DataInput in) throws IOException {
        int flags = in.readUnsignedShort();
        String ticker = in.readUTF();
        return new ChainContract(
                ticker,
                (flags & ROOT_IN_TICKER) != 0 ? rootOf(ticker) : in.readUTF(),
                (flags & CALL) != 0 ? OptionRight.CALL : OptionRight.PUT,
                in.readInt(),
                in.readLong(),
                (flags & SHARES) != 0 ? (Integer) in.readInt() : null,
                (flags & BID) != 0 ? readDecimal(in) : null,
                (flags & ASK) != 0 ? readDecimal(in) : null,
                (flags & MID) != 0 ? readDecimal(in) : null,
                (flags & QUOTED_AT) != 0 ? (Long) in.readLong() : null,
                (flags & LAST) != 0 ? readDecimal(in) : null,
                (flags & LAST_AT) != 0 ? (Long) in.readLong() : null,
                (flags & IV) != 0 ? (Double) in.readDouble() : null,
                (flags & DELTA) != 0 ? (Double) in.readDouble() : null,
                (flags & GAMMA) != 0 ? (Double) in.readDouble() : null,
                (flags & THETA) != 0 ? (Double) in.readDouble() : null,
                (flags & VEGA) != 0 ? (Double) in.readDouble() : null,
                (flags & OPEN_INTEREST) != 0 ? (Long) in.readLong() : null,
                (flags & DAY_VOLUME) != 0 ? (Long) in.readLong() : null);
    }

    private static int flag(int bit, boolean set) {
        return set ? bit : 0;
    }

    private static boolean isRootOf(String root, String ticker) {
        return ticker.length() == TICKER_PREFIX.length() + root.length() + BEHIND_ROOT
                && ticker.startsWith(root, TICKER_PREFIX.length());
    }

    private String rootOf(String ticker) {
        if (!isRootOf(lastRoot, ticker)) {
            lastRoot = ticker.substring(TICKER_PREFIX.length(), ticker.length() - BEHIND_ROOT);
        }
        return lastRoot;
    }

    private static void write(Long number, DataOutput out) throws IOException {
        if (number != null) {
            out.writeLong(number);
        }
    }

    private static void write(Double number, DataOutput out) throws IOException {
        if (number != null) {
            out.writeDouble(number);
        }
    }

    private static void write(BigDecimal number, DataOutput out) throws IOException {
        if (number == null) {
            return;
        }
        byte scale = (byte) number.scale();
        if (scale == number.scale()
                && scale != AS_TEXT
                && number.unscaledValue().bitLength() < Long.SIZE) {
            out.writeByte(scale);
            out.writeLong(number.unscaledValue().longValue());
        } else {
            out.writeByte(AS_TEXT);
            out.writeUTF(number.toString());
        }
    }

    private static BigDecimal readDecimal(DataInput in) throws IOException {
        byte scale = in.readByte();
        return scale == AS_TEXT
                ? new BigDecimal(in.readUTF())
                : BigDecimal.valueOf(in.readLong(), scale);
    }
}

package io.massivepipeline.job.snapshot;

import io.massivepipeline.sources.poll.chain.ChainContract;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * What a leg shows of its listed contract. What the provider does not tell is null.
 *
 * <p>Of a large market there are tens of thousands, all of them new every few seconds, so each is
 * one object and not nine.
 */
final class Quote {

    private static final int BID = 0;
    private static final int ASK = 1;
    private static final int MID = 2;
    private static final int QUOTED_AT = 3;
    private static final int IV = 4;
    private static final int DELTA = 5;
    private static final int GAMMA = 6;
    private static final int OPEN_INTEREST = 7;

    private static final int FIELDS = 8;

    /** Which of the fields there are. */
    private final int present;

    private final long bidDigits;
    private final long askDigits;
    private final long midDigits;
    private final byte bidScale;
    private final byte askScale;
    private final byte midScale;

    /** Bid, ask and mid, if one of them is too long for digits and scale; else null. */
    private final BigDecimal[] exact;

    private final long quotedAt;
    private final double iv;
    private final double delta;
    private final double gamma;
    private final long openInterest;

    /**
     * @param bid dollars per share, as ask and mid
     * @param quotedAt Unix milliseconds
     * @param iv implied volatility a year
     * @param openInterest contracts
     */
    Quote(
            BigDecimal bid,
            BigDecimal ask,
            BigDecimal mid,
            Long quotedAt,
            Double iv,
            Double delta,
            Double gamma,
            Long openInterest) {
        this.present = present(bid, ask, mid, quotedAt, iv, delta, gamma, openInterest);
        boolean compact = isCompact(bid) && isCompact(ask) && isCompact(mid);
        this.exact = compact ? null : new BigDecimal[] {bid, ask, mid};
        this.bidDigits = digits(bid);
        this.askDigits = digits(ask);
        this.midDigits = digits(mid);
        this.bidScale = scale(bid);
        this.askScale = scale(ask);
        this.midScale = scale(mid);
        this.quotedAt = quotedAt == null ? 0 : quotedAt;
        this.iv = iv == null ? 0 : iv;
        this.delta = delta == null ? 0 : delta;
        this.gamma = gamma == null ? 0 : gamma;
        this.openInterest = openInterest == null ? 0 : openInterest;
    }

    private static int present(Object... fields) {
        int present = 0;
        for (int i = 0; i < FIELDS; i++) {
            present |= fields[i] != null ? 1 << i : 0;
        }
        return present;
    }

    private static boolean isCompact(BigDecimal decimal) {
        return decimal == null
                || decimal.unscaledValue().bitLength() < Long.SIZE
                        && decimal.scale() == (byte) decimal.scale();
    }

    private static long digits(BigDecimal decimal) {
        return decimal == null ? 0 : decimal.unscaledValue().longValue();
    }

    private static byte scale(BigDecimal decimal) {
        return decimal == null ? 0 : (byte) decimal.scale();
    }

    static Quote of(ChainContract contract) {
        return new Quote(
                contract.bid(),
                contract.ask(),
                contract.mid(),
                contract.quotedAt(),
                contract.iv(),
                contract.delta(),
                contract.gamma(),
                contract.openInterest());
    }

    BigDecimal bid() {
        return decimal(BID, bidDigits, bidScale);
    }

    BigDecimal ask() {
        return decimal(ASK, askDigits, askScale);
    }

    BigDecimal mid() {
        return decimal(MID, midDigits, midScale);
    }

    Long quotedAt() {
        return has(QUOTED_AT) ? (Long) quotedAt : null;
    }

    Double iv() {
        return has(IV) ? (Double) iv : null;
    }

    Double delta() {
        return has(DELTA) ? (Double) delta : null;
    }

    Double gamma() {
        return has(GAMMA) ? (Double) gamma : null;
    }

    Long openInterest() {
        return has(OPEN_INTEREST) ? (Long) openInterest : null;
    }

    private BigDecimal decimal(int field, long digits, byte scale) {
        if (!has(field)) {
            return null;
        }
        return exact != null ? exact[field] : BigDecimal.valueOf(digits, scale);
    }

    private boolean has(int field) {
        return (present & 1 << field) != 0;
    }

    /** Writes which fields there are, and those. */
    void write(DataOutputView out) throws IOException {
        out.writeByte(present);
        for (BigDecimal decimal : new BigDecimal[] {bid(), ask(), mid()}) {
            if (decimal != null) {
                out.writeUTF(decimal.toString());
            }
        }
        writeIfThere(QUOTED_AT, quotedAt, out);
        writeIfThere(IV, Double.doubleToLongBits(iv), out);
        writeIfThere(DELTA, Double.doubleToLongBits(delta), out);
        writeIfThere(GAMMA, Double.doubleToLongBits(gamma), out);
        writeIfThere(OPEN_INTEREST, openInterest, out);
    }

    private void writeIfThere(int field, long bits, DataOutputView out) throws IOException {
        if (has(field)) {
            out.writeLong(bits);
        }
    }

    static Quote read(DataInputView in) throws IOException {
        int present = in.readUnsignedByte();
        return new Quote(
                (present & 1 << BID) != 0 ? new BigDecimal(in.readUTF()) : null,
                (present & 1 << ASK) != 0 ? new BigDecimal(in.readUTF()) : null,
                (present & 1 << MID) != 0 ? new BigDecimal(in.readUTF()) : null,
                (present & 1 << QUOTED_AT) != 0 ? in.readLong() : null,
                (present & 1 << IV) != 0 ? in.readDouble() : null,
                (present & 1 << DELTA) != 0 ? in.readDouble() : null,
                (present & 1 << GAMMA) != 0 ? in.readDouble() : null,
                (present & 1 << OPEN_INTEREST) != 0 ? in.readLong() : null);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quote that
                && present == that.present
                && bidDigits == that.bidDigits
                && askDigits == that.askDigits
                && midDigits == that.midDigits
                && bidScale == that.bidScale
                && askScale == that.askScale
                && midScale == that.midScale
                && quotedAt == that.quotedAt
                && Double.compare(iv, that.iv) == 0
                && Double.compare(delta, that.delta) == 0
                && Double.compare(gamma, that.gamma) == 0
                && openInterest == that.openInterest
                && Arrays.equals(exact, that.exact);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Long.hashCode(bidDigits) + Long.hashCode(askDigits))
                + Long.hashCode(quotedAt);
    }
}

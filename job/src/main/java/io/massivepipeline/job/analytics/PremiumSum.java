package io.massivepipeline.job.analytics;

import io.massivepipeline.sources.trade.Price;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.math.BigDecimal;

/**
 * An exact sum of {@code price * size * 100}, in dollars; 100 is the nominal number of shares.
 *
 * <p>Prices of up to 8 decimals, that is all real ones, are added up in millionths of a dollar in a
 * {@code long}; whatever does not fit is added as a {@link BigDecimal}.
 */
public final class PremiumSum {

    private static final String NO_REST = "";

    private static final int UNIT_SCALE = 6;
    private static final int NOMINAL_SCALE = 2;
    private static final int PRICE_SCALE = UNIT_SCALE + NOMINAL_SCALE;
    private static final long[] TEN_TO_THE = {
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
    };

    private long units;
    private BigDecimal rest = BigDecimal.ZERO;

    /** Adds a trade: {@code size} contracts at a price a share. */
    public void add(Price price, int size) {
        if (price.isCompact() && price.scale() <= PRICE_SCALE) {
            long unit = TEN_TO_THE[PRICE_SCALE - price.scale()];
            // A compact price has at most 18 digits, but is below 10^9: in 10^-8 it fits.
            long each = price.unscaled() * unit;
            long added = each * size;
            if (Math.multiplyHigh(each, size) == 0 && added >= 0 && units + added >= 0) {
                units += added;
                return;
            }
        }
        BigDecimal shares = BigDecimal.valueOf(size).movePointRight(NOMINAL_SCALE);
        rest = rest.add(price.toBigDecimal().multiply(shares));
    }

    /** Adds another sum. */
    public void add(PremiumSum other) {
        if (units + other.units >= 0) {
            units += other.units;
        } else {
            rest = rest.add(BigDecimal.valueOf(other.units, UNIT_SCALE));
        }
        rest = rest.add(other.rest);
    }

    /** The sum in its shortest form. */
    public BigDecimal value() {
        return BigDecimal.valueOf(units, UNIT_SCALE).add(rest).stripTrailingZeros();
    }

    /** Begins anew at 0. */
    public void clear() {
        units = 0;
        rest = BigDecimal.ZERO;
    }

    /** Writes it for {@link #read}. */
    public void write(DataOutputView out) throws IOException {
        out.writeLong(units);
        out.writeUTF(rest.signum() == 0 ? NO_REST : rest.toString());
    }

    /** Reads what {@link #write} wrote, or wrote at first, when no rest was {@code 0}. */
    public static PremiumSum read(DataInputView in) throws IOException {
        PremiumSum sum = new PremiumSum();
        sum.units = in.readLong();
        String rest = in.readUTF();
        sum.rest = rest.equals(NO_REST) ? BigDecimal.ZERO : new BigDecimal(rest);
        return sum;
    }
}

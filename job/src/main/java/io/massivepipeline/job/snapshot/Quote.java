package io.massivepipeline.job.snapshot;

import io.massivepipeline.sources.poll.chain.ChainContract;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.math.BigDecimal;

/** What a leg shows of its listed contract. What the provider does not tell is null. */
record Quote(
        BigDecimal bid,
        BigDecimal ask,
        BigDecimal mid,
        Long quotedAt,
        Double iv,
        Double delta,
        Double gamma,
        Long openInterest) {

    private static final int FIELDS = 8;

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

    /** Writes which fields there are, and those. */
    void write(DataOutputView out) throws IOException {
        Object[] fields = {bid, ask, mid, quotedAt, iv, delta, gamma, openInterest};
        int present = 0;
        for (int i = 0; i < FIELDS; i++) {
            present |= fields[i] != null ? 1 << i : 0;
        }
        out.writeByte(present);
        for (Object field : fields) {
            if (field instanceof BigDecimal decimal) {
                out.writeUTF(decimal.toString());
            } else if (field instanceof Double number) {
                out.writeDouble(number);
            } else if (field instanceof Long number) {
                out.writeLong(number);
            }
        }
    }

    static Quote read(DataInputView in) throws IOException {
        int present = in.readUnsignedByte();
        return new Quote(
                (present & 1) != 0 ? new BigDecimal(in.readUTF()) : null,
                (present & 2) != 0 ? new BigDecimal(in.readUTF()) : null,
                (present & 4) != 0 ? new BigDecimal(in.readUTF()) : null,
                (present & 8) != 0 ? in.readLong() : null,
                (present & 16) != 0 ? in.readDouble() : null,
                (present & 32) != 0 ? in.readDouble() : null,
                (present & 64) != 0 ? in.readDouble() : null,
                (present & 128) != 0 ? in.readLong() : null);
    }
}

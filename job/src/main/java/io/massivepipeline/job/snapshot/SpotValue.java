package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.context.Spot;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.math.BigDecimal;

/**
 * What a snapshot says of the price of its underlying.
 *
 * @param timestamp the provider's time, Unix milliseconds
 */
record SpotValue(BigDecimal value, long timestamp) {

    static SpotValue of(Spot spot) {
        return new SpotValue(spot.price().value().stripTrailingZeros(), spot.price().timestamp());
    }

    /** Writes one that may be null. */
    static void write(SpotValue spot, DataOutputView out) throws IOException {
        out.writeBoolean(spot != null);
        if (spot != null) {
            out.writeUTF(spot.value.toString());
            out.writeLong(spot.timestamp);
        }
    }

    static SpotValue read(DataInputView in) throws IOException {
        return in.readBoolean() ? new SpotValue(new BigDecimal(in.readUTF()), in.readLong()) : null;
    }
}

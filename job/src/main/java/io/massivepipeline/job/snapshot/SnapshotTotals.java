package io.massivepipeline.job.snapshot;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.math.BigDecimal;

/**
 * What all legs add up to on the trade date.
 *
 * @param trades how many, whatever their reports
 * @param callVolume sizes of regular trades in calls
 * @param putVolume sizes of regular trades in puts
 * @param premium of regular trades, dollars, in its shortest form
 */
record SnapshotTotals(long trades, long callVolume, long putVolume, BigDecimal premium) {

    static final SnapshotTotals NONE = new SnapshotTotals(0, 0, 0, BigDecimal.ZERO);

    long volume() {
        return callVolume + putVolume;
    }

    void write(DataOutputView out) throws IOException {
        out.writeLong(trades);
        out.writeLong(callVolume);
        out.writeLong(putVolume);
        out.writeUTF(premium.toString());
    }

    static SnapshotTotals read(DataInputView in) throws IOException {
        return new SnapshotTotals(
                in.readLong(), in.readLong(), in.readLong(), new BigDecimal(in.readUTF()));
    }
}

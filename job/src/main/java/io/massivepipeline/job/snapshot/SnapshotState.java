package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.context.Spot;

import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

import java.time.Duration;

/** The named state of this package's operators, in one place. */
final class SnapshotState {

    /** How long an expiry stays after its date: longer than the longest trade date. */
    static final long LINGER_MS = Duration.ofDays(4).toMillis();

    private SnapshotState() {}

    /** Keyed by stream: its snapshot. */
    static ValueStateDescriptor<ExpirySnapshot> expirySnapshot() {
        return new ValueStateDescriptor<>("expiry-snapshot", new ExpirySnapshotSerializer());
    }

    /** Broadcast, by underlying: the newest price. */
    static MapStateDescriptor<String, Spot> spots() {
        return new MapStateDescriptor<>("spots", Types.STRING, TypeInformation.of(Spot.class));
    }

    /** Of an operator: the newest watermark. */
    static ListStateDescriptor<Long> watermark() {
        return new ListStateDescriptor<>("watermark", Types.LONG);
    }

    /** The newest of the watermarks that subtasks had seen, or Long.MIN_VALUE. */
    static long newest(Iterable<Long> watermarks) {
        long newest = Long.MIN_VALUE;
        for (Long each : watermarks) {
            newest = Math.max(newest, each);
        }
        return newest;
    }
}

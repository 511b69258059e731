package io.massivepipeline.sources.live;

import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes splits into checkpoints: position, time, reconnects. */
final class LiveSplitSerializer implements SimpleVersionedSerializer<LiveSplit> {

    private static final int VERSION = 1;
    private static final int SIZE = 3 * Long.BYTES;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(LiveSplit split) {
        return ByteBuffer.allocate(SIZE)
                .putLong(split.position())
                .putLong(split.heardAt())
                .putLong(split.reconnects())
                .array();
    }

    @Override
    public LiveSplit deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION || serialized.length != SIZE) {
            throw new IOException("A live split of the unknown form " + version);
        }
        ByteBuffer in = ByteBuffer.wrap(serialized);
        return new LiveSplit(in.getLong(), in.getLong(), in.getLong());
    }
}

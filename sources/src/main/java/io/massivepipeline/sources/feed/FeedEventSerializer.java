package io.massivepipeline.sources.feed;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Events of a feed as a kind and the fields of it. Used where the parser is not chained to its
 * source.
 */
public final class FeedEventSerializer extends TypeSerializerSingleton<FeedEvent> {

    private static final int FRAME = 0;
    private static final int TICK = 1;
    private static final int GAP = 2;
    private static final int STATUS = 3;
    private static final int CONTEXT = 4;

    @Override
    public void serialize(FeedEvent event, DataOutputView out) throws IOException {
        if (event instanceof RawFrame frame) {
            out.writeByte(FRAME);
            out.writeLong(frame.position());
            out.writeLong(frame.receivedAt());
            out.writeInt(frame.payload().length);
            out.write(frame.payload());
        } else if (event instanceof Tick tick) {
            out.writeByte(TICK);
            out.writeLong(tick.position());
            out.writeLong(tick.at());
        } else if (event instanceof FeedGap gap) {
            out.writeByte(GAP);
            out.writeLong(gap.from());
            out.writeLong(gap.to());
            out.writeUTF(gap.reason());
            out.writeLong(gap.framesLost());
            out.writeLong(gap.position());
        } else if (event instanceof FeedStatus status) {
            out.writeByte(STATUS);
            writeStatus(status, out);
        } else if (event instanceof ContextLine line) {
            out.writeByte(CONTEXT);
            out.writeLong(line.at());
            out.writeInt(line.payload().length);
            out.write(line.payload());
        }
    }

    private static void writeStatus(FeedStatus status, DataOutputView out) throws IOException {
        out.writeLong(status.at());
        out.writeBoolean(status.connected());
        out.writeLong(status.reconnects());
        out.writeInt(status.subscriptions());
        out.writeInt(status.subscriptionsAdded());
        out.writeInt(status.subscriptionsRemoved());
        out.writeLong(status.subscriptionsChangedAt());
        out.writeLong(status.journalFrames());
        out.writeLong(status.journalBytes());
        out.writeLong(status.journalLag());
    }

    @Override
    public FeedEvent deserialize(DataInputView in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case FRAME -> readFrame(in);
            case TICK -> readTick(in);
            case GAP ->
                    new FeedGap(
                            in.readLong(),
                            in.readLong(),
                            in.readUTF(),
                            in.readLong(),
                            in.readLong());
            case STATUS -> readStatus(in);
            case CONTEXT -> readContext(in);
            default -> throw new IOException("An event of the unknown kind " + kind);
        };
    }

    private static FeedEvent readFrame(DataInputView in) throws IOException {
        long position = in.readLong();
        long receivedAt = in.readLong();
        byte[] payload = new byte[in.readInt()];
        in.readFully(payload);
        return new RawFrame(payload, receivedAt, position);
    }

    private static FeedEvent readTick(DataInputView in) throws IOException {
        long position = in.readLong();
        return new Tick(in.readLong(), position);
    }

    private static FeedEvent readContext(DataInputView in) throws IOException {
        long at = in.readLong();
        byte[] payload = new byte[in.readInt()];
        in.readFully(payload);
        return new ContextLine(at, payload);
    }

    private static FeedEvent readStatus(DataInputView in) throws IOException {
        return new FeedStatus(
                in.readLong(),
                in.readBoolean(),
                in.readLong(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }

    @Override
    public FeedEvent deserialize(FeedEvent reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
        serialize(deserialize(in), out);
    }

    @Override
    public FeedEvent copy(FeedEvent from) {
        return from;
    }

    @Override
    public FeedEvent copy(FeedEvent from, FeedEvent reuse) {
        return from;
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    /** Events are immutable: there is nothing to be filled in later. */
    @Override
    public FeedEvent createInstance() {
        return null;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public TypeSerializerSnapshot<FeedEvent> snapshotConfiguration() {
        return new FeedEventSerializerSnapshot();
    }
}

package io.massivepipeline.sources.replay;

import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes splits into checkpoints: the segments, which of them, the offset, the position; since the
 * second version also the context beside them, or nothing for none, and its offset.
 */
final class ReplaySplitSerializer implements SimpleVersionedSerializer<ReplaySplit> {

    private static final int VERSION = 2;
    private static final int WITHOUT_CONTEXT = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(ReplaySplit split) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(split.segments().size());
            for (String segment : split.segments()) {
                out.writeUTF(segment);
            }
            out.writeInt(split.segment());
            out.writeLong(split.offset());
            out.writeLong(split.position());
            out.writeUTF(split.hasContext() ? split.context() : "");
            out.writeLong(split.contextOffset());
        }
        return bytes.toByteArray();
    }

    @Override
    public ReplaySplit deserialize(int version, byte[] serialized) throws IOException {
        if (version < WITHOUT_CONTEXT || version > VERSION) {
            throw new IOException("A replay split of the unknown form " + version);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized))) {
            int count = in.readInt();
            List<String> segments = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                segments.add(in.readUTF());
            }
            int segment = in.readInt();
            long offset = in.readLong();
            long position = in.readLong();
            String context = version == WITHOUT_CONTEXT ? "" : in.readUTF();
            return new ReplaySplit(
                    segments,
                    segment,
                    offset,
                    position,
                    context.isEmpty() ? null : context,
                    version == WITHOUT_CONTEXT ? 0 : in.readLong());
        }
    }
}

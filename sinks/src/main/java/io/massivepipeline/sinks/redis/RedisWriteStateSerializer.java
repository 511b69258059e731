package io.massivepipeline.sinks.redis;

import org.apache.flink.connector.base.sink.writer.AsyncSinkWriterStateSerializer;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** The state of the writer in checkpoints. */
final class RedisWriteStateSerializer extends AsyncSinkWriterStateSerializer<RedisWrite> {

    static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public BufferedRequestState<RedisWrite> deserialize(int version, byte[] serialized)
            throws IOException {
        if (version != VERSION) {
            throw new IOException("Unknown version of the Redis sink's state: " + version);
        }
        return super.deserialize(version, serialized);
    }

    @Override
    protected void serializeRequestToStream(RedisWrite request, DataOutputStream out)
            throws IOException {
        RedisWriteCodec.write(request, out);
    }

    @Override
    protected RedisWrite deserializeRequestFromStream(long requestSize, DataInputStream in)
            throws IOException {
        return RedisWriteCodec.read(in);
    }
}

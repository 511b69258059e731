package io.massivepipeline.sinks.redis.writer;

import io.massivepipeline.sinks.redis.script.ScriptCall;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.netty.buffer.ByteBuf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The arguments of a script call: what is added, then the keys and arguments of the call, which are
 * written already. Lettuce would have an object for each of these.
 */
final class ScriptCallArgs extends CommandArgs<byte[], byte[]> {

    private final ScriptCall call;

    ScriptCallArgs(ScriptCall call) {
        super(ByteArrayCodec.INSTANCE);
        this.call = call;
    }

    @Override
    public int count() {
        return super.count() + call.keys().count() + call.arguments().count();
    }

    /** By this a Cluster's client knows the node. */
    @Override
    public ByteBuffer getFirstEncodedKey() {
        String key = call.firstKey();
        return key == null ? null : ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void encode(ByteBuf buffer) {
        super.encode(buffer);
        call.keys().writeTo(buffer);
        call.arguments().writeTo(buffer);
    }
}

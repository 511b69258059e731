package io.massivepipeline.sinks.redis;

import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializes writes between operators. They are immutable, so a copy is the write itself. */
public final class RedisWriteSerializer extends TypeSerializerSingleton<RedisWrite> {

    private static final long serialVersionUID = 1L;

    static final RedisWriteSerializer INSTANCE = new RedisWriteSerializer();

    private static final int VARIABLE = -1;

    @Override
    public boolean isImmutableType() {
        return true;
    }

    /** There is no empty write; Flink asks for one only where it reuses objects. */
    @Override
    public RedisWrite createInstance() {
        return null;
    }

    @Override
    public RedisWrite copy(RedisWrite from) {
        return from;
    }

    @Override
    public RedisWrite copy(RedisWrite from, RedisWrite reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return VARIABLE;
    }

    @Override
    public void serialize(RedisWrite write, DataOutputView target) throws IOException {
        RedisWriteCodec.write(write, target);
    }

    @Override
    public RedisWrite deserialize(DataInputView source) throws IOException {
        return RedisWriteCodec.read(source);
    }

    @Override
    public RedisWrite deserialize(RedisWrite reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public TypeSerializerSnapshot<RedisWrite> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The first and so far only form. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RedisWrite> {

        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

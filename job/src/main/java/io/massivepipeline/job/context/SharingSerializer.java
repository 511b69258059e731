package io.massivepipeline.job.context;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.Objects;

/**
 * A serializer of values that nobody changes: a copy of one is the value itself. Flink copies what
 * it holds on the heap at every checkpoint, in the thread that has trades to process.
 *
 * <p>All else is as another serializer has it, its bytes and what a checkpoint says of it too, so
 * that either reads what the other wrote.
 */
final class SharingSerializer<T> extends TypeSerializer<T> {

    private static final long serialVersionUID = 1L;

    private final TypeSerializer<T> serializer;

    SharingSerializer(TypeSerializer<T> serializer) {
        this.serializer = serializer;
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TypeSerializer<T> duplicate() {
        TypeSerializer<T> duplicate = serializer.duplicate();
        return duplicate == serializer ? this : new SharingSerializer<>(duplicate);
    }

    @Override
    public T createInstance() {
        return serializer.createInstance();
    }

    @Override
    public T copy(T from) {
        return from;
    }

    @Override
    public T copy(T from, T reuse) {
        return from;
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
        serializer.copy(in, out);
    }

    @Override
    public int getLength() {
        return serializer.getLength();
    }

    @Override
    public void serialize(T value, DataOutputView out) throws IOException {
        serializer.serialize(value, out);
    }

    @Override
    public T deserialize(DataInputView in) throws IOException {
        return serializer.deserialize(in);
    }

    @Override
    public T deserialize(T reuse, DataInputView in) throws IOException {
        return serializer.deserialize(in);
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        return serializer.snapshotConfiguration();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SharingSerializer<?> sharing
                && serializer.equals(sharing.serializer);
    }

    @Override
    public int hashCode() {
        return Objects.hash(SharingSerializer.class, serializer);
    }
}

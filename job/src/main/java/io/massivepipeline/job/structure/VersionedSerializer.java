package io.massivepipeline.job.structure;

import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * What serializers have in common whose values begin with the version of their form, so that a
 * later version can read what this one wrote, and which read and write values that know their own
 * bytes.
 */
public abstract class VersionedSerializer<T> extends TypeSerializerSingleton<T> {

    private static final long serialVersionUID = 1L;

    private final int version;
    private final String what;

    /**
     * @param version of what is written
     * @param what a value is, to be named where one can't be read
     */
    protected VersionedSerializer(int version, String what) {
        this.version = version;
        this.what = what;
    }

    /** Writes a value behind its version. */
    protected abstract void write(T value, DataOutputView out) throws IOException;

    /** Reads a value of the present version, or of one before, which it must be able to tell. */
    protected abstract T read(DataInputView in) throws IOException;

    @Override
    public final void serialize(T value, DataOutputView out) throws IOException {
        out.writeByte(version);
        write(value, out);
    }

    @Override
    public final T deserialize(DataInputView in) throws IOException {
        int found = in.readByte();
        if (found < 1 || found > version) {
            throw new IOException("Unknown version " + found + " of " + what + ".");
        }
        return read(in);
    }

    @Override
    public final T deserialize(T reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public final void copy(DataInputView in, DataOutputView out) throws IOException {
        serialize(deserialize(in), out);
    }

    @Override
    public final T copy(T from, T reuse) {
        return copy(from);
    }

    /** There is nothing to be filled in later: Flink makes values by deserializing. */
    @Override
    public final T createInstance() {
        return null;
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public final int getLength() {
        return -1;
    }
}

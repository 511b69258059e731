package io.massivepipeline.job.snapshot;

import io.massivepipeline.sources.trade.OptionRight;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.Arrays;

/** A strike of one root: its call, its put, and the text in which both were published last. */
final class Row {

    private final RowKey key;
    private final Object owner;

    private Leg call;
    private Leg put;

    /** As published; null if it was not, or right after a restore. */
    private byte[] published;

    private boolean wasPublished;
    private boolean touched;

    /**
     * @param owner who alone may change it
     */
    Row(RowKey key, Object owner) {
        this.key = key;
        this.owner = owner;
    }

    /** Who alone may change it; for anybody else it is a value. */
    Object owner() {
        return owner;
    }

    RowKey key() {
        return key;
    }

    /** The call, or null. */
    Leg call() {
        return call;
    }

    /** The put, or null. */
    Leg put() {
        return put;
    }

    /** The call or the put, or null. */
    Leg leg(OptionRight right) {
        return right == OptionRight.CALL ? call : put;
    }

    /** The leg of a contract, which begins if there is none. */
    Leg leg(OptionRight right, String ticker) {
        if (right == OptionRight.CALL) {
            call = call == null ? new Leg(ticker) : call;
            return call;
        }
        put = put == null ? new Leg(ticker) : put;
        return put;
    }

    /** Drops the legs that have nothing to say. */
    void dropIdleLegs() {
        call = call == null || call.isIdle() ? null : call;
        put = put == null || put.isIdle() ? null : put;
    }

    boolean isEmpty() {
        return call == null && put == null;
    }

    /** Whether something may have changed since it was published. */
    boolean isTouched() {
        return touched;
    }

    void touch() {
        touched = true;
    }

    /** Whether it stands in what was published last. */
    boolean wasPublished() {
        return wasPublished;
    }

    /** Builds the published text again after a restore, before anything changes. */
    void prepare(RowText texts) {
        if (wasPublished && !touched && published == null) {
            published = texts.write(this);
        }
    }

    /** Settles whether a row that may have changed did, by its text as of now. */
    boolean settle(RowText texts) {
        touched = false;
        byte[] now = texts.write(this);
        if (wasPublished && Arrays.equals(now, published)) {
            return false;
        }
        published = now;
        wasPublished = true;
        return true;
    }

    /** Its text as published. */
    byte[] text() {
        return published;
    }

    Row copy(Object newOwner) {
        Row copy = new Row(key, newOwner);
        copy.call = call == null ? null : call.copy();
        copy.put = put == null ? null : put.copy();
        copy.published = published;
        copy.wasPublished = wasPublished;
        copy.touched = touched;
        return copy;
    }

    /** The text of a row that is not touched can be built again, so only others' is written. */
    void write(DataOutputView out) throws IOException {
        out.writeLong(key.strike());
        out.writeUTF(key.root());
        Leg.write(call, out);
        Leg.write(put, out);
        out.writeBoolean(wasPublished);
        out.writeBoolean(touched);
        boolean withText = touched && published != null;
        out.writeInt(withText ? published.length : 0);
        if (withText) {
            out.write(published);
        }
    }

    static Row read(DataInputView in, Object owner) throws IOException {
        Row row = new Row(new RowKey(in.readLong(), in.readUTF()), owner);
        row.call = Leg.read(in);
        row.put = Leg.read(in);
        row.wasPublished = in.readBoolean();
        row.touched = in.readBoolean();
        int length = in.readInt();
        if (length > 0) {
            row.published = new byte[length];
            in.readFully(row.published);
        }
        return row;
    }
}

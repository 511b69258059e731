package io.massivepipeline.job.structure;

import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Gathers the numbers and texts of a large value in memory and hands them on in pieces. A
 * checkpoint's stream takes each number by several calls; with millions of them in a checkpoint
 * that is a good part of what it costs, and it runs beside the trades.
 */
public final class GatheredOutput extends DataOutputSerializer {

    private static final int FIRST_BYTES = 256;
    private static final int PIECE_BYTES = 8192;

    private final DataOutputView target;

    /**
     * @param target is given nothing before a piece is full or {@link #handOn} is called
     */
    public GatheredOutput(DataOutputView target) {
        super(FIRST_BYTES);
        this.target = target;
    }

    /** To be called behind each of many items, which come together to pieces. */
    public void itemEnds() throws IOException {
        if (length() >= PIECE_BYTES) {
            handOn();
        }
    }

    /** Hands on what is gathered; the value is complete. */
    public void handOn() throws IOException {
        target.write(getSharedBuffer(), 0, length());
        clear();
    }
}

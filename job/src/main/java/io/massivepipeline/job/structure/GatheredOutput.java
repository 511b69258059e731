package io.massivepipeline.job.structure;

import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/**
 * Gathers the numbers and texts of a large value in memory and hands them on in pieces, since a
 * checkpoint's stream takes each number by several calls and there are millions of them.
 *
 * <p>A checkpoint is written by threads of its own beside those that the trades go through; with as
 * many of them as there are cores, trades would wait until all of it is written. So a thread rests
 * for a moment whenever another piece has gone to a stream, of one large value or of many small
 * ones: nobody waits for a checkpoint, which may last the longer. Memory is what the thread of a
 * task itself writes to, with RocksDB; then there is no rest.
 */
public final class GatheredOutput extends DataOutputSerializer {

    private static final int FIRST_BYTES = 256;
    private static final int PIECE_BYTES = 32 * 1024;

    /** Some five times what it takes to write a piece: 40 MB/s are left. */
    private static final long REST_NANOS = 700_000;

    private final Runnable rest;

    private DataOutputView target;
    private int sinceRest;

    /** Gathers in memory that it uses for one value after the other; not for several threads. */
    public GatheredOutput() {
        this(() -> LockSupport.parkNanos(REST_NANOS));
    }

    /**
     * @param rest what a thread does between two pieces that go to a stream
     */
    GatheredOutput(Runnable rest) {
        super(FIRST_BYTES);
        this.rest = rest;
    }

    /**
     * Begins a value.
     *
     * @param newTarget is given nothing before a piece is full or {@link #handOn} is called
     */
    public void begin(DataOutputView newTarget) {
        clear();
        target = newTarget;
    }

    /** To be called behind each of many items, which come together to pieces. */
    public void itemEnds() throws IOException {
        if (length() >= PIECE_BYTES) {
            handOn();
        }
    }

    /** Hands on what is gathered; the value is complete. */
    public void handOn() throws IOException {
        int bytes = length();
        target.write(getSharedBuffer(), 0, bytes);
        clear();
        if (!(target instanceof DataOutputSerializer)) {
            restAfter(bytes);
        }
    }

    private void restAfter(int bytes) {
        sinceRest += bytes;
        if (sinceRest >= PIECE_BYTES) {
            sinceRest = 0;
            rest.run();
        }
    }
}

package io.massivepipeline.job.structure;

import org.apache.flink.api.common.accumulators.LongMinimum;
import org.apache.flink.api.common.functions.RuntimeContext;

/** Tells whoever started the job when its first frame was read. */
public final class ParseProgress {

    /** Accumulator: when the first frame was read, Unix milliseconds; anew after a restart. */
    public static final String FIRST_FRAME_AT = "firstFrameAt";

    private final LongMinimum firstFrameAt = new LongMinimum();
    private boolean seen;

    ParseProgress(RuntimeContext context) {
        context.addAccumulator(FIRST_FRAME_AT, firstFrameAt);
    }

    void frame(long now) {
        if (!seen) {
            seen = true;
            firstFrameAt.add(now);
        }
    }
}

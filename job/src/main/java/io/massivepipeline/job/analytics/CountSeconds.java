package io.massivepipeline.job.analytics;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

import java.util.HashMap;
import java.util.Map;

/**
 * Adds up the windows that a subtask closes, by underlying and for the whole job, so that few
 * numbers a second meet, whatever the number of expiries.
 *
 * <p>It keeps no state: windows close while event time advances, and what they add up to is handed
 * on before the watermark that closed them, so that a second is complete once its end has passed.
 */
public final class CountSeconds extends AbstractStreamOperator<UnderlyingSeconds>
        implements OneInputStreamOperator<ClosedWindows, UnderlyingSeconds> {

    private static final long serialVersionUID = 1L;

    /** For the whole job: rates and bursts, what was added. */
    public static final OutputTag<JobCounts> COUNTS =
            new OutputTag<>("second-counts") {
                private static final long serialVersionUID = 1L;
            };

    private transient Map<String, SecondCounts> seconds;
    private transient long bursts;
    private transient int burstMax;

    @Override
    public void open() throws Exception {
        super.open();
        seconds = new HashMap<>();
    }

    @Override
    public void processElement(StreamRecord<ClosedWindows> element) {
        ClosedWindows closed = element.getValue();
        for (OneSecondWindow window : closed.windows()) {
            bursts += window.sums().bursts();
            burstMax = Math.max(burstMax, window.sums().burstMax());
        }
        SecondCounts counts = SecondCounts.of(closed.windows());
        seconds.merge(closed.stream().underlying(), counts, SecondCounts::plus);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        handOn();
        super.processWatermark(mark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        handOn();
    }

    private void handOn() {
        if (seconds.isEmpty()) {
            return;
        }
        SecondCounts all = SecondCounts.NONE;
        for (Map.Entry<String, SecondCounts> its : seconds.entrySet()) {
            output.collect(new StreamRecord<>(new UnderlyingSeconds(its.getKey(), its.getValue())));
            all = all.plus(its.getValue());
        }
        TradeCounts counts = new TradeCounts(0, 0, 0, 0, 0, bursts, burstMax, 0, 0);
        output.collect(COUNTS, new StreamRecord<>(new JobCounts(counts, all)));
        seconds.clear();
        bursts = 0;
        burstMax = 0;
    }
}

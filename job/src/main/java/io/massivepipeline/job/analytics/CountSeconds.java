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
public final class CountSeconds extends AbstractStreamOperator<UnderlyingSecond>
        implements OneInputStreamOperator<OneSecondWindow, UnderlyingSecond> {

    private static final long serialVersionUID = 1L;

    /** For the whole job: rates and bursts, what was added. */
    public static final OutputTag<JobCounts> COUNTS =
            new OutputTag<>("second-counts") {
                private static final long serialVersionUID = 1L;
            };

    private transient Map<String, UnderlyingSecond> seconds;
    private transient SecondCounts jobSeconds;
    private transient long bursts;
    private transient int burstMax;

    @Override
    public void open() throws Exception {
        super.open();
        seconds = new HashMap<>();
        clear();
    }

    private void clear() {
        seconds.clear();
        jobSeconds = SecondCounts.NONE;
        bursts = 0;
        burstMax = 0;
    }

    @Override
    public void processElement(StreamRecord<OneSecondWindow> element) {
        OneSecondWindow window = element.getValue();
        bursts += window.sums().bursts();
        burstMax = Math.max(burstMax, window.sums().burstMax());
        String underlying = window.stream().underlying();
        long trades = window.sums().trades();
        UnderlyingSecond before = seconds.get(underlying);
        if (before != null && before.end() == window.end()) {
            trades += before.trades();
        } else if (before != null) {
            handOn(before);
        }
        seconds.put(underlying, new UnderlyingSecond(underlying, window.end(), trades));
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
        seconds.values().forEach(this::handOn);
        TradeCounts counts = new TradeCounts(0, 0, 0, 0, 0, bursts, burstMax, 0, 0);
        output.collect(COUNTS, new StreamRecord<>(new JobCounts(counts, jobSeconds)));
        clear();
    }

    private void handOn(UnderlyingSecond second) {
        output.collect(new StreamRecord<>(second));
        jobSeconds = jobSeconds.plus(SecondCounts.of(second.end(), second.trades()));
    }
}

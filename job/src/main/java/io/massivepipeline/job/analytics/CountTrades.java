package io.massivepipeline.job.analytics;

import io.massivepipeline.job.options.UnderlyingFilter;
import io.massivepipeline.job.structure.TradeBatch;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

import java.time.Duration;

/**
 * Adds up what a subtask releases, so that the whole job's counters meet as a few sums a second and
 * no single operator sees every trade twice.
 *
 * <p>It keeps no state: what was added up is handed on before each checkpoint's barrier. That is
 * why it is an operator and not a function.
 */
public final class CountTrades extends AbstractStreamOperator<JobCounts>
        implements OneInputStreamOperator<TradeBatch, JobCounts> {

    private static final long serialVersionUID = 1L;

    private final UnderlyingFilter withStream;
    private final long intervalMs;

    private transient BatchCounter counter;
    private transient TradeCounts sum;
    private transient boolean timerSet;

    /**
     * @param withStream the underlyings whose trades are written to streams
     * @param interval how long sums are held back, processing time
     */
    public CountTrades(UnderlyingFilter withStream, Duration interval) {
        this.withStream = withStream;
        this.intervalMs = interval.toMillis();
    }

    @Override
    public void open() throws Exception {
        super.open();
        counter = new BatchCounter(withStream);
        sum = TradeCounts.NONE;
    }

    @Override
    public void processElement(StreamRecord<TradeBatch> element) {
        sum = sum.plus(counter.count(element.getValue()));
        if (!timerSet) {
            timerSet = true;
            long now = getProcessingTimeService().getCurrentProcessingTime();
            getProcessingTimeService().registerTimer(now + intervalMs, this::onTimer);
        }
    }

    private void onTimer(long time) {
        timerSet = false;
        handOn();
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        handOn();
    }

    /** At the end of the feed the last sums go before it. */
    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (mark.getTimestamp() == Watermark.MAX_WATERMARK.getTimestamp()) {
            handOn();
        }
        super.processWatermark(mark);
    }

    private void handOn() {
        if (!sum.equals(TradeCounts.NONE)) {
            output.collect(new StreamRecord<>(new JobCounts(sum, SecondCounts.NONE)));
            sum = TradeCounts.NONE;
        }
    }
}

package io.massivepipeline.job.analytics;

import io.massivepipeline.job.structure.FeedCounts;

import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

import java.time.Duration;

/**
 * Where the sums of all subtasks meet: keeps the whole job's counters and hands them on at most
 * once per interval of the wall clock, and at the end of the feed.
 *
 * <p>Of the feed it gets absolute counts, of the trades what was added. All elements have one key.
 * It is an operator and not a function because rates are as of the newest watermark before the end.
 */
public final class SumTotals extends AbstractStreamOperator<JobTotals>
        implements TwoInputStreamOperator<FeedCounts, JobCounts, JobTotals> {

    private static final long serialVersionUID = 1L;

    /** The key of all elements. */
    public static final Integer KEY = 0;

    private final Duration interval;

    private transient ValueState<JobState> totals;
    private transient Throttle<Integer> outdated;
    private transient long watermark;

    /**
     * @param interval least time between two results, processing time
     */
    public SumTotals(Duration interval) {
        this.interval = interval;
    }

    @Override
    public void open() throws Exception {
        super.open();
        totals = getRuntimeContext().getState(AnalyticsState.job());
        outdated = new Throttle<>(getProcessingTimeService(), interval, this::write);
    }

    @Override
    public void processElement1(StreamRecord<FeedCounts> element) throws Exception {
        JobState before = current();
        totals.update(
                new JobState(
                        element.getValue(), before.trades(), before.seconds(), before.snapshots()));
        outdated.add(KEY);
    }

    @Override
    public void processElement2(StreamRecord<JobCounts> element) throws Exception {
        JobState before = current();
        JobCounts added = element.getValue();
        totals.update(
                new JobState(
                        before.feed(),
                        before.trades().plus(added.trades()),
                        before.seconds()
                                .plus(added.seconds(), EventSeconds.lastCompleted(watermark)),
                        before.snapshots().plus(added.snapshots())));
        outdated.add(KEY);
    }

    /** Returns whether rates will change if nothing but time happens. */
    private boolean write(Integer key) throws Exception {
        setCurrentKey(key);
        JobState now = current();
        long completed = EventSeconds.lastCompleted(watermark);
        Rates rates = now.seconds().rates(completed);
        output.collect(
                new StreamRecord<>(
                        new JobTotals(now.feed(), now.trades(), rates, now.snapshots())));
        return now.seconds().isActive(completed);
    }

    private JobState current() throws Exception {
        JobState known = totals.value();
        return known == null ? JobState.NONE : known;
    }

    /**
     * The end of the feed is not passage of time: what is written last is as of the newest time
     * before it.
     */
    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (mark.getTimestamp() == Long.MAX_VALUE) {
            outdated.writeRest();
        } else {
            watermark = mark.getTimestamp();
        }
        super.processWatermark(mark);
    }
}

package io.massivepipeline.job.analytics;

import io.massivepipeline.job.structure.FeedCounts;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

import java.time.Duration;

/**
 * Where the sums of all subtasks meet: keeps the whole job's counters and hands them on at most
 * once per interval of the wall clock, and at the end of the feed.
 *
 * <p>Of the feed it gets absolute counts, of the trades what was added. All elements have one key.
 */
public final class SumTotals
        extends KeyedCoProcessFunction<Integer, FeedCounts, TradeCounts, JobTotals> {

    private static final long serialVersionUID = 1L;
    private static final long END_OF_FEED = Long.MAX_VALUE;

    private final long intervalMs;

    private transient ValueState<JobTotals> totals;
    private transient boolean timerSet;

    /**
     * @param interval least time between two results, processing time
     */
    public SumTotals(Duration interval) {
        this.intervalMs = interval.toMillis();
    }

    @Override
    public void open(OpenContext context) {
        totals = getRuntimeContext().getState(AnalyticsState.totals());
    }

    @Override
    public void processElement1(FeedCounts feed, Context context, Collector<JobTotals> out)
            throws Exception {
        totals.update(new JobTotals(feed, current().trades()));
        handOnSoon(context.timerService());
    }

    @Override
    public void processElement2(TradeCounts added, Context context, Collector<JobTotals> out)
            throws Exception {
        JobTotals before = current();
        totals.update(new JobTotals(before.feed(), before.trades().plus(added)));
        handOnSoon(context.timerService());
    }

    private void handOnSoon(TimerService timers) {
        if (!timerSet) {
            timerSet = true;
            timers.registerProcessingTimeTimer(timers.currentProcessingTime() + intervalMs);
            timers.registerEventTimeTimer(END_OF_FEED);
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<JobTotals> out)
            throws Exception {
        timerSet = false;
        out.collect(current());
    }

    private JobTotals current() throws Exception {
        JobTotals known = totals.value();
        return known == null ? JobTotals.NONE : known;
    }
}

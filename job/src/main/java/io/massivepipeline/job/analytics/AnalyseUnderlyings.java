package io.massivepipeline.job.analytics;

import io.massivepipeline.job.structure.Grace;
import io.massivepipeline.sources.calendar.TradeDate;

import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * Analytics of whole underlyings: sums over where their expiries stand, rates over the seconds of
 * all expiries together. Keyed by underlying.
 *
 * <p>Of an expiry it gets absolute values, so that nothing is counted twice, whatever is sent again
 * after a restart; those of an earlier trade date than the newest are left out.
 */
public final class AnalyseUnderlyings extends AbstractStreamOperator<UnderlyingAnalytics>
        implements TwoInputStreamOperator<ExpiryAnalytics, UnderlyingSeconds, UnderlyingAnalytics>,
                Triggerable<String, VoidNamespace> {

    private static final long serialVersionUID = 1L;

    /** No watermark yet; real ones are of this century. */
    private static final long UNKNOWN = 0;

    private final Duration interval;

    private transient ValueState<UnderlyingDay> days;
    private transient MapState<Integer, DayAnalytics> expiries;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient Throttle<String> outdated;
    private transient long watermark;

    /**
     * @param interval least time between two values of an underlying, processing time
     */
    public AnalyseUnderlyings(Duration interval) {
        this.interval = interval;
    }

    @Override
    public void open() throws Exception {
        super.open();
        days = getRuntimeContext().getState(AnalyticsState.underlyingDay());
        expiries = getRuntimeContext().getMapState(AnalyticsState.expiries());
        timers = getInternalTimerService("forget", VoidNamespaceSerializer.INSTANCE, this);
        outdated = new Throttle<>(getProcessingTimeService(), interval, this::write);
        addAll();
    }

    /** What was written last before a restart is not known. */
    private void addAll() {
        String state = AnalyticsState.underlyingDay().getName();
        try (Stream<String> keys =
                this.<String>getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
            keys.forEach(outdated::add);
        }
    }

    @Override
    public void processElement1(StreamRecord<ExpiryAnalytics> element) throws Exception {
        ExpiryAnalytics expiry = element.getValue();
        DayAnalytics values = expiry.day();
        if (on(values.tradeDate(), values.sums().lastTimestamp()) != null) {
            expiries.put(expiry.stream().expiry(), values);
            outdated.add(expiry.stream().underlying());
        }
    }

    /** Seconds are of one trade date each, and almost always all of the same. */
    @Override
    public void processElement2(StreamRecord<UnderlyingSeconds> element) throws Exception {
        String underlying = element.getValue().underlying();
        SecondCounts seconds = element.getValue().seconds();
        int from = 0;
        while (from < seconds.size()) {
            int date = TradeDate.of(seconds.end(from) - 1);
            int to = from + 1;
            while (to < seconds.size() && TradeDate.of(seconds.end(to) - 1) == date) {
                to++;
            }
            add(underlying, date, seconds.range(from, to));
            from = to;
        }
    }

    private void add(String underlying, int date, SecondCounts seconds) throws Exception {
        UnderlyingDay day = on(date, seconds.end(0));
        if (day != null) {
            long completed = EventSeconds.lastCompleted(watermark);
            days.update(new UnderlyingDay(day.tradeDate(), day.seconds().plus(seconds, completed)));
            outdated.add(underlying);
        }
    }

    /**
     * The running trade date, or null if something is of an earlier one. A new one starts from 0.
     *
     * @param time when it happened, event time
     */
    private UnderlyingDay on(int date, long time) throws Exception {
        UnderlyingDay day = days.value();
        if (day == null) {
            forgetAt(Math.max(watermark, time) + AnalyticsState.LINGER_MS);
        } else if (date <= day.tradeDate()) {
            return date == day.tradeDate() ? day : null;
        }
        expiries.clear();
        UnderlyingDay begun = new UnderlyingDay(date, RecentSeconds.NONE);
        days.update(begun);
        return begun;
    }

    /** Returns whether rates will change if nothing but time happens. */
    private boolean write(String underlying) throws Exception {
        setCurrentKey(underlying);
        UnderlyingDay day = days.value();
        if (day == null || watermark == UNKNOWN) {
            return day != null;
        }
        long completed = EventSeconds.lastCompleted(watermark);
        TradeSums sums = TradeSums.NONE;
        int contractsActive = 0;
        for (DayAnalytics expiry : expiries.values()) {
            sums = sums.plus(expiry.sums());
            contractsActive += expiry.contractsActive();
        }
        DayAnalytics values =
                new DayAnalytics(
                        day.tradeDate(), sums, day.seconds().rates(completed), contractsActive);
        output.collect(new StreamRecord<>(new UnderlyingAnalytics(underlying, values)));
        return day.seconds().isActive(completed);
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

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        if (timers.currentWatermark() == Long.MAX_VALUE || isLookedAtLater()) {
            return;
        }
        long now = getProcessingTimeService().getCurrentProcessingTime();
        timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, Grace.endFrom(now));
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        if (isLookedAtLater()) {
            return;
        }
        if (outdated.holds(timer.getKey())) {
            write(timer.getKey());
        }
        days.clear();
        expiries.clear();
    }

    /** Whether it has traded too recently to be forgotten, so that it is looked at again. */
    private boolean isLookedAtLater() throws Exception {
        long newest = 0;
        for (DayAnalytics expiry : expiries.values()) {
            newest = Math.max(newest, expiry.sums().lastTimestamp());
        }
        boolean recent = newest + AnalyticsState.LINGER_MS > watermark;
        if (recent) {
            forgetAt(newest + AnalyticsState.LINGER_MS);
        }
        return recent;
    }

    private void forgetAt(long eventTime) {
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, eventTime);
    }
}

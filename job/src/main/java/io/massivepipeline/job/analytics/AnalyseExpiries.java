package io.massivepipeline.job.analytics;

import io.massivepipeline.job.options.UnderlyingFilter;
import io.massivepipeline.job.structure.Grace;
import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.job.structure.TradeBatch;
import io.massivepipeline.sources.calendar.ExpiryDate;

import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Ordered trades to one-second windows of event time and, from those, to the analytics of each
 * underlying and expiry. Keyed by {@link StreamKey#text()}, chained to the ordering.
 *
 * <p>Why not Flink's {@code window()}: a pane a key and second costs a state access, a timer and a
 * merge a trade, more than twice as much as the second that is open in a state object which must be
 * looked up for the sums anyway (0.5 against 0.2 us a trade); and late trades, which belong to the
 * sums alone, would need a second path.
 *
 * <p>Why an operator and not a function: rates are as of the newest watermark before the end of the
 * feed, which a function can't see, and are computed only when they are written, so that ten
 * thousand silent expiries cost nothing.
 */
public final class AnalyseExpiries extends AbstractStreamOperator<ClosedWindows>
        implements OneInputStreamOperator<TradeBatch, ClosedWindows>, Triggerable<String, String> {

    private static final long serialVersionUID = 1L;

    /** Absolute values of an expiry, at most once per interval and at the end. */
    public static final OutputTag<ExpiryAnalytics> ANALYTICS =
            new OutputTag<>("expiry-analytics") {
                private static final long serialVersionUID = 1L;
            };

    /** Of the chosen underlyings: what trades most, as often as the analytics. */
    public static final OutputTag<TopContracts> TOP =
            new OutputTag<>("top-contracts") {
                private static final long serialVersionUID = 1L;
            };

    private static final int TOP_CONTRACTS = 50;

    /** What a timer is for: the end of a second, or that state may have had its time. */
    private static final String CLOSE = "close";

    private static final String FORGET = "forget";

    /** No watermark yet; real ones are of this century. */
    private static final long UNKNOWN = 0;

    private final UnderlyingFilter withTop;
    private final Duration interval;

    private transient ValueState<ExpiryDay> days;
    private transient InternalTimerService<String> timers;
    private transient BurstCounter bursts;
    private transient List<OneSecondWindow> closed;
    private transient Throttle<String> outdated;
    private transient long watermark;

    /**
     * @param withTop the underlyings whose top contracts are wanted
     * @param interval least time between two values of an expiry, processing time
     */
    public AnalyseExpiries(UnderlyingFilter withTop, Duration interval) {
        this.withTop = withTop;
        this.interval = interval;
    }

    @Override
    public void open() throws Exception {
        super.open();
        days = getRuntimeContext().getState(AnalyticsState.expiryDay());
        timers = getInternalTimerService("seconds", StringSerializer.INSTANCE, this);
        bursts = new BurstCounter();
        closed = new ArrayList<>();
        outdated = new Throttle<>(getProcessingTimeService(), interval, this::write);
        addAll();
    }

    /** What was written last before a restart is not known. */
    private void addAll() {
        String state = AnalyticsState.expiryDay().getName();
        try (Stream<String> keys =
                this.<String>getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
            keys.forEach(outdated::add);
        }
    }

    @Override
    public void processElement(StreamRecord<TradeBatch> element) throws Exception {
        TradeBatch batch = element.getValue();
        if (batch.trades().isEmpty()) {
            return;
        }
        ExpiryDay day = days.value();
        boolean isNew = day == null;
        if (isNew) {
            day = new ExpiryDay(batch.stream());
        }
        long openBefore = day.openEnd();
        day.add(batch.trades(), bursts, EventSeconds.lastCompleted(watermark), closed::add);
        day.closeUntil(batch.until(), closed::add);
        handOnClosed(day);
        if (day.isOpen() && day.openEnd() != openBefore) {
            timers.registerEventTimeTimer(CLOSE, day.openEnd() - 1);
        }
        if (isNew) {
            // A trade may be of a contract that expired long ago; it is kept for a while all the
            // same.
            long arrived = watermark + AnalyticsState.LINGER_MS;
            timers.registerEventTimeTimer(FORGET, Math.max(arrived, forgetAt(day)));
        }
        days.update(day);
        outdated.add(batch.stream().text());
    }

    private void handOnClosed(ExpiryDay day) {
        if (!closed.isEmpty()) {
            ClosedWindows windows = new ClosedWindows(day.stream(), closed);
            long end = closed.get(closed.size() - 1).end();
            closed = new ArrayList<>();
            output.collect(new StreamRecord<>(windows, end - 1));
        }
    }

    private static long forgetAt(ExpiryDay day) {
        long over = Math.max(ExpiryDate.endOf(day.stream().expiry()), day.lastTimestamp());
        return over + AnalyticsState.LINGER_MS;
    }

    @Override
    public void onEventTime(InternalTimer<String, String> timer) throws Exception {
        ExpiryDay day = days.value();
        if (timer.getNamespace().equals(CLOSE)) {
            day.closeUntil(timer.getTimestamp(), closed::add);
            handOnClosed(day);
            days.update(day);
        } else if (timers.currentWatermark() != Long.MAX_VALUE) {
            forgetOrWait(day);
        }
    }

    private void forgetOrWait(ExpiryDay day) {
        long forgetAt = forgetAt(day);
        if (forgetAt > watermark) {
            timers.registerEventTimeTimer(FORGET, forgetAt);
        } else {
            long now = getProcessingTimeService().getCurrentProcessingTime();
            timers.registerProcessingTimeTimer(FORGET, Grace.endFrom(now));
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<String, String> timer) throws Exception {
        ExpiryDay day = days.value();
        if (day == null) {
            return;
        }
        long forgetAt = forgetAt(day);
        if (forgetAt > watermark) {
            timers.registerEventTimeTimer(FORGET, forgetAt);
        } else {
            if (outdated.holds(day.stream().text())) {
                write(day.stream().text());
            }
            days.clear();
        }
    }

    /** Returns whether rates will change if nothing but time happens. */
    private boolean write(String key) throws Exception {
        setCurrentKey(key);
        ExpiryDay day = days.value();
        if (day == null || watermark == UNKNOWN) {
            return day != null;
        }
        DayAnalytics analytics = day.analytics(EventSeconds.lastCompleted(watermark));
        output.collect(ANALYTICS, new StreamRecord<>(new ExpiryAnalytics(day.stream(), analytics)));
        if (withTop.accepts(day.stream().underlying())) {
            output.collect(TOP, new StreamRecord<>(day.top(TOP_CONTRACTS)));
        }
        days.update(day);
        return day.isActive();
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

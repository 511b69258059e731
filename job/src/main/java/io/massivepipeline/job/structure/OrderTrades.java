package io.massivepipeline.job.structure;

import io.massivepipeline.sources.calendar.ExpiryDate;
import io.massivepipeline.sources.trade.OptionTrade;

import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives each trade of a stream its entry id, drops repeats, and holds on-time trades until no
 * earlier one can be on time; then they leave in the order of their ids, in batches.
 *
 * <p>Late trades wait in the same buffer. They leave with the next on-time trade of their stream,
 * or, if the stream falls silent, once the feed has passed the newest time that was known when they
 * were judged: a late trade alone must not wait for a stream that may never trade again.
 *
 * <p>What arrives between two watermarks is only put down by its stream, and taken in when the
 * watermark comes or a checkpoint: nothing could leave before, and a look into Flink's state, most
 * of what ordering costs, is one for each stream then and not one for each trade. That is why it is
 * an operator and not a function.
 *
 * <p>Keyed by underlying and expiry. Everything depends on the order of arrival and on watermarks
 * that are functions of it, so a replay and a recovery decide the same.
 */
public final class OrderTrades extends AbstractStreamOperator<TradeBatch>
        implements OneInputStreamOperator<OptionTrade, TradeBatch>,
                Triggerable<String, VoidNamespace> {

    private static final long serialVersionUID = 1L;

    /** Ids are forgotten in steps of this part of the horizon, lest timers outnumber trades. */
    private static final int FORGET_STEPS = 10;

    private static final int HISTOGRAM_WINDOW = 10_000;

    /** What stays of a stream after the end of its expiry date, so that it counts as one stream. */
    private static final long LINGER_MS = Duration.ofDays(1).toMillis();

    /** The name that Flink gives to the timers of a function, which this once was. */
    private static final String TIMERS = "user-timers";

    private final long horizonMs;

    private transient Map<String, List<OptionTrade>> arrived;
    private transient ValueState<OrderState> states;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient Counter duplicates;
    private transient Counter late;
    private transient Histogram eventTimeLagMs;
    private transient long held;

    /** The streams whose buffers are in {@link #held}: a state that comes from bytes can't tell. */
    private transient Set<String> metered;

    /**
     * @param horizon how far back in event time ids are remembered
     */
    public OrderTrades(Duration horizon) {
        this.horizonMs = horizon.toMillis();
    }

    @Override
    public void open() throws Exception {
        super.open();
        arrived = new HashMap<>();
        states = getRuntimeContext().getState(StructureState.order());
        timers = getInternalTimerService(TIMERS, VoidNamespaceSerializer.INSTANCE, this);
        MetricGroup metrics = getMetricGroup();
        duplicates = metrics.counter("tradesDuplicate");
        late = metrics.counter("tradesLate");
        metered = new HashSet<>();
        metrics.gauge("orderBufferSize", () -> held);
        eventTimeLagMs =
                metrics.histogram(
                        "eventTimeLagMs", new DescriptiveStatisticsHistogram(HISTOGRAM_WINDOW));
    }

    /** A trade that arrives needs no state yet. */
    @Override
    public boolean hasKeyContext1() {
        return false;
    }

    @Override
    public void processElement(StreamRecord<OptionTrade> element) {
        OptionTrade trade = element.getValue();
        arrived.computeIfAbsent(trade.contract().expiryKey(), stream -> new ArrayList<>())
                .add(trade);
        held++;
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        takeIn(mark.getTimestamp());
        super.processWatermark(mark);
    }

    /** Behind the barrier nothing may leave, so all that came waits in the state. */
    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        takeIn(Long.MIN_VALUE);
        super.snapshotState(context);
    }

    /**
     * Gives what arrived its ids and releases what is due of those streams.
     *
     * @param until the event time up to which trades leave
     */
    private void takeIn(long until) throws Exception {
        for (Map.Entry<String, List<OptionTrade>> stream : arrived.entrySet()) {
            setCurrentKey(stream.getKey());
            OrderState state = current(states.value(), stream.getKey());
            long due = state.releaseTimer;
            for (OptionTrade trade : stream.getValue()) {
                due = Math.min(due, identify(trade, state));
            }
            if (due <= until) {
                release(state, state.stream(stream.getKey()), until);
                due = state.pending.nextRelease();
            }
            releaseAt(due, state);
            states.update(state);
        }
        arrived.clear();
    }

    /** Returns the event time at which it is due at the latest. */
    private long identify(OptionTrade trade, OrderState state) {
        long newest = Math.max(trade.newestAtJudgement(), trade.timestamp());
        long rememberUntil = newest + horizonMs;
        long sequence =
                state.ids.claim(
                        trade.timestamp(),
                        EntryIds.sequence(trade),
                        EntryIds.fingerprint(trade),
                        trade.sequence() >= 0,
                        rememberUntil);
        forgetAt(rememberUntil, state);
        if (sequence == IdMemory.REPEAT) {
            held--;
            duplicates.inc();
            state.duplicates++;
            return newest;
        }
        state.pending.add(new IdentifiedTrade(trade, sequence));
        if (trade.late()) {
            late.inc();
            return newest;
        }
        return trade.timestamp();
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        OrderState known = states.value();
        if (known == null) {
            return;
        }
        OrderState state = current(known, timer.getKey());
        long watermark = timers.currentWatermark();
        StreamKey stream = state.stream(timer.getKey());
        if (isDue(state.releaseTimer, watermark)) {
            release(state, stream, watermark);
            releaseAt(state.pending.nextRelease(), state);
        }
        if (isDue(state.forgetTimer, watermark)) {
            state.forgetTimer = OrderState.NO_TIMER;
            state.ids.forget(watermark);
            if (!state.ids.isEmpty()) {
                long next = state.ids.nextForgetting();
                forgetAt(Math.max(next, watermark + horizonMs / FORGET_STEPS), state);
            } else if (!isOver(stream, watermark)) {
                forgetAt(ExpiryDate.endOf(stream.expiry()) + LINGER_MS, state);
            } else if (isForgotten(state)) {
                long now = timers.currentProcessingTime();
                timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, Grace.endFrom(now));
            }
        }
        states.update(state);
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        OrderState state = states.value();
        if (state != null
                && isForgotten(state)
                && isOver(state.stream(timer.getKey()), timers.currentWatermark())) {
            states.clear();
            metered.remove(timer.getKey());
        }
    }

    /** Whether there is nothing left but that there was a stream. */
    private static boolean isForgotten(OrderState state) {
        return state.ids.isEmpty() && state.pending.size() == 0;
    }

    private static boolean isDue(long timer, long watermark) {
        return timer != OrderState.NO_TIMER && timer <= watermark;
    }

    private static boolean isOver(StreamKey stream, long watermark) {
        return ExpiryDate.endOf(stream.expiry()) + LINGER_MS <= watermark;
    }

    private OrderState current(OrderState known, String key) {
        OrderState state = known == null ? new OrderState() : known;
        if (!state.metered) {
            state.metered = true;
            if (metered.add(key)) {
                held += state.pending.size();
            }
        }
        return state;
    }

    private void release(OrderState state, StreamKey stream, long until) {
        state.releaseTimer = OrderState.NO_TIMER;
        List<IdentifiedTrade> trades = state.pending.releaseUntil(until);
        if (trades.isEmpty() && state.duplicates == 0) {
            return;
        }
        held -= trades.size();
        if (!trades.isEmpty()) {
            long last = trades.get(trades.size() - 1).trade().timestamp();
            eventTimeLagMs.update(timers.currentProcessingTime() - last);
        }
        boolean first = !state.released && !trades.isEmpty();
        TradeBatch batch = new TradeBatch(stream, trades, state.duplicates, first, until);
        output.collect(new StreamRecord<>(batch));
        state.duplicates = 0;
        state.released |= first;
    }

    private void releaseAt(long eventTime, OrderState state) {
        if (eventTime < state.releaseTimer) {
            state.releaseTimer = eventTime;
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, eventTime);
        }
    }

    private void forgetAt(long eventTime, OrderState state) {
        if (eventTime < state.forgetTimer) {
            state.forgetTimer = eventTime;
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, eventTime);
        }
    }
}

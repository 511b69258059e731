package io.massivepipeline.job.structure;

import io.massivepipeline.sources.calendar.ExpiryDate;
import io.massivepipeline.sources.trade.OptionTrade;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Gives each trade of a stream its entry id, drops repeats, and holds on-time trades until no
 * earlier one can be on time; then they leave in the order of their ids, in batches.
 *
 * <p>Late trades wait in the same buffer. They leave with the next on-time trade of their stream,
 * or, if the stream falls silent, once the feed has passed the newest time that was known when they
 * were judged: a late trade alone must not wait for a stream that may never trade again.
 *
 * <p>Keyed by underlying and expiry. Everything depends on the order of arrival and on watermarks
 * that are functions of it, so a replay and a recovery decide the same.
 */
public final class OrderTrades extends KeyedProcessFunction<String, OptionTrade, TradeBatch> {

    private static final long serialVersionUID = 1L;

    /** Ids are forgotten in steps of this part of the horizon, lest timers outnumber trades. */
    private static final int FORGET_STEPS = 10;

    private static final int HISTOGRAM_WINDOW = 10_000;

    /** What stays of a stream after the end of its expiry date, so that it counts as one stream. */
    private static final long LINGER_MS = Duration.ofDays(1).toMillis();

    private final long horizonMs;

    private transient ValueState<OrderState> states;
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
    public void open(OpenContext context) {
        states = getRuntimeContext().getState(StructureState.order());
        MetricGroup metrics = getRuntimeContext().getMetricGroup();
        duplicates = metrics.counter("tradesDuplicate");
        late = metrics.counter("tradesLate");
        metered = new HashSet<>();
        metrics.gauge("orderBufferSize", () -> held);
        eventTimeLagMs =
                metrics.histogram(
                        "eventTimeLagMs", new DescriptiveStatisticsHistogram(HISTOGRAM_WINDOW));
    }

    @Override
    public void processElement(OptionTrade trade, Context context, Collector<TradeBatch> out)
            throws Exception {
        OrderState state = current(states.value(), context.getCurrentKey());
        long newest = Math.max(trade.newestAtJudgement(), trade.timestamp());
        long rememberUntil = newest + horizonMs;
        long sequence =
                state.ids.claim(
                        trade.timestamp(),
                        EntryIds.sequence(trade),
                        EntryIds.fingerprint(trade),
                        trade.sequence() >= 0,
                        rememberUntil);
        if (sequence == IdMemory.REPEAT) {
            duplicates.inc();
            state.duplicates++;
            releaseAt(newest, state, context);
        } else {
            state.pending.add(new IdentifiedTrade(trade, sequence));
            held++;
            if (trade.late()) {
                late.inc();
            }
            releaseAt(trade.late() ? newest : trade.timestamp(), state, context);
        }
        forgetAt(rememberUntil, state, context);
        states.update(state);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<TradeBatch> out)
            throws Exception {
        OrderState known = states.value();
        if (known == null) {
            return;
        }
        OrderState state = current(known, context.getCurrentKey());
        long watermark = context.timerService().currentWatermark();
        StreamKey stream = state.stream(context.getCurrentKey());
        if (context.timeDomain() == TimeDomain.PROCESSING_TIME) {
            if (isForgotten(state) && isOver(stream, watermark)) {
                states.clear();
                metered.remove(context.getCurrentKey());
            }
            return;
        }
        if (isDue(state.releaseTimer, watermark)) {
            release(state, stream, context.timerService(), out);
            releaseAt(state.pending.nextRelease(), state, context);
        }
        if (isDue(state.forgetTimer, watermark)) {
            state.forgetTimer = OrderState.NO_TIMER;
            state.ids.forget(watermark);
            if (!state.ids.isEmpty()) {
                long next = state.ids.nextForgetting();
                forgetAt(Math.max(next, watermark + horizonMs / FORGET_STEPS), state, context);
            } else if (!isOver(stream, watermark)) {
                forgetAt(ExpiryDate.endOf(stream.expiry()) + LINGER_MS, state, context);
            } else if (isForgotten(state)) {
                long now = context.timerService().currentProcessingTime();
                context.timerService().registerProcessingTimeTimer(Grace.endFrom(now));
            }
        }
        states.update(state);
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

    private void release(
            OrderState state, StreamKey stream, TimerService time, Collector<TradeBatch> out) {
        state.releaseTimer = OrderState.NO_TIMER;
        List<IdentifiedTrade> trades = state.pending.releaseUntil(time.currentWatermark());
        if (trades.isEmpty() && state.duplicates == 0) {
            return;
        }
        held -= trades.size();
        if (!trades.isEmpty()) {
            long last = trades.get(trades.size() - 1).trade().timestamp();
            eventTimeLagMs.update(time.currentProcessingTime() - last);
        }
        boolean first = !state.released && !trades.isEmpty();
        out.collect(new TradeBatch(stream, trades, state.duplicates, first));
        state.duplicates = 0;
        state.released |= first;
    }

    private static void releaseAt(long eventTime, OrderState state, Context context) {
        if (eventTime < state.releaseTimer) {
            state.releaseTimer = eventTime;
            context.timerService().registerEventTimeTimer(eventTime);
        }
    }

    private static void forgetAt(long eventTime, OrderState state, Context context) {
        if (eventTime < state.forgetTimer) {
            state.forgetTimer = eventTime;
            context.timerService().registerEventTimeTimer(eventTime);
        }
    }
}

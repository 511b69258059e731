package io.massivepipeline.job.structure;

import io.massivepipeline.sources.feed.ContextLine;
import io.massivepipeline.sources.feed.FeedEvent;
import io.massivepipeline.sources.feed.FeedGap;
import io.massivepipeline.sources.feed.FeedStatus;
import io.massivepipeline.sources.feed.RawFrame;
import io.massivepipeline.sources.feed.Tick;
import io.massivepipeline.sources.trade.OptionTrade;
import io.massivepipeline.sources.wire.DeadLetter;
import io.massivepipeline.sources.wire.DeadLetterReason;
import io.massivepipeline.sources.wire.FrameListener;
import io.massivepipeline.sources.wire.FrameParser;
import io.massivepipeline.sources.wire.Lateness;
import io.massivepipeline.sources.wire.StatusEvent;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

import java.time.Duration;
import java.util.List;

/**
 * Frames to trades. The one place that sees the whole feed in arrival order: it decides what is
 * late and how far event time has come, and says so with a watermark when a frame has moved it.
 * That, and ticks, which move event time without a trade, is why it is an operator: a function
 * can't emit watermarks.
 *
 * <p>Under load, watermarks keep a distance of a few milliseconds of processing time: each makes
 * every stream that is due release a batch, and batches of single trades would cost most of the
 * throughput. No decision depends on when they are emitted: before a late trade one always is.
 */
public final class ParseFrames extends AbstractStreamOperator<OptionTrade>
        implements OneInputStreamOperator<FeedEvent, OptionTrade>, FrameListener {

    private static final long serialVersionUID = 1L;

    /** What could not be read. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters") {
                private static final long serialVersionUID = 1L;
            };

    /** What the provider says about the connection. */
    public static final OutputTag<StatusEvent> STATUS =
            new OutputTag<>("status") {
                private static final long serialVersionUID = 1L;
            };

    /** Where the live feed was not heard. */
    public static final OutputTag<FeedGap> GAPS =
            new OutputTag<>("gaps") {
                private static final long serialVersionUID = 1L;
            };

    /** Captured spot prices and chains; before a watermark come all that it may count for. */
    public static final OutputTag<ContextLine> CONTEXT =
            new OutputTag<>("context") {
                private static final long serialVersionUID = 1L;
            };

    /** Now and then a whole frame, and the last one. */
    public static final OutputTag<RawFrame> SAMPLES =
            new OutputTag<>("samples") {
                private static final long serialVersionUID = 1L;
            };

    /** What was read so far, absolute, now and then and at the end. */
    public static final OutputTag<FeedCounts> COUNTS =
            new OutputTag<>("counts") {
                private static final long serialVersionUID = 1L;
            };

    private final Duration orderDelay;
    private final WatermarkPace pace;
    private final long countsIntervalMs;
    private final long samplesIntervalMs;

    private transient Lateness lateness;
    private transient FrameParser parser;
    private transient FeedCounter counter;
    private transient ParseMetrics parseMetrics;
    private transient ParseProgress progress;
    private transient ListState<ParseState> state;
    private transient long watermark;
    private transient long watermarkFrom;
    private transient GatheredTrades gathered;
    private transient boolean watermarkTimerSet;
    private transient RawFrame frame;
    private transient RawFrame unsampled;
    private transient boolean countsDue;
    private transient long countsFrom;
    private transient long samplesFrom;

    /**
     * @param orderDelay how long a trade may be out of order, event time
     * @param pace how close watermarks may follow each other
     * @param countsInterval least time between two counts, processing time
     * @param samplesInterval least time between two samples, processing time
     */
    public ParseFrames(
            Duration orderDelay,
            WatermarkPace pace,
            Duration countsInterval,
            Duration samplesInterval) {
        this.orderDelay = orderDelay;
        this.pace = pace;
        this.countsIntervalMs = countsInterval.toMillis();
        this.samplesIntervalMs = samplesInterval.toMillis();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        state = context.getOperatorStateStore().getListState(StructureState.parse());
        lateness = new Lateness(orderDelay);
        counter = new FeedCounter();
        for (ParseState restored : state.get()) {
            lateness.restore(restored.lateness());
            counter = new FeedCounter(restored.counts());
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        watermark = Long.MIN_VALUE;
        gathered = new GatheredTrades(pace.tradesPerStream());
        parser = new FrameParser(this, lateness);
        parseMetrics = new ParseMetrics(getMetricGroup());
        progress = new ParseProgress(getRuntimeContext());
    }

    @Override
    public void processElement(StreamRecord<FeedEvent> element) {
        FeedEvent event = element.getValue();
        long now = getProcessingTimeService().getCurrentProcessingTime();
        if (event instanceof RawFrame received) {
            read(received, now);
        } else if (event instanceof Tick tick) {
            lateness.tick(tick.at());
        } else if (event instanceof FeedGap gap) {
            counter.gap(gap);
            countsDue = true;
            output.collect(GAPS, new StreamRecord<>(gap));
        } else if (event instanceof FeedStatus status) {
            counter.live(status);
            countsDue = true;
        } else if (event instanceof ContextLine line) {
            output.collect(CONTEXT, new StreamRecord<>(line, line.at()));
        }
        handOnAtIntervals(now);
        advanceSoon(now);
    }

    private void read(RawFrame received, long now) {
        frame = received;
        counter.frame(received);
        progress.frame(now);
        parser.parse(received);
        parseMetrics.frame(received);
        countsDue = true;
        unsampled = received;
    }

    @Override
    public void trade(OptionTrade trade) {
        counter.trade(trade.timestamp(), frame);
        parseMetrics.trade(trade);
        if (trade.late()) {
            // What is on time and earlier leaves first, so that the place of a late trade in its
            // stream does not depend on when watermarks were emitted.
            advanceTo(lateness.watermark());
        }
        gathered.add(trade);
        output.collect(new StreamRecord<>(trade, trade.timestamp()));
    }

    @Override
    public void deadLetter(DeadLetter letter) {
        counter.deadLetter(letter.reason() != DeadLetterReason.FRAME);
        parseMetrics.deadLetter(letter.reason());
        output.collect(DEAD_LETTERS, new StreamRecord<>(letter));
    }

    @Override
    public void status(StatusEvent event) {
        counter.status();
        output.collect(STATUS, new StreamRecord<>(event));
    }

    @Override
    public void other() {
        counter.other();
    }

    private void handOnAtIntervals(long now) {
        if (now >= countsFrom) {
            countsFrom = now + countsIntervalMs;
            handOnCounts();
        }
        if (now >= samplesFrom) {
            samplesFrom = now + samplesIntervalMs;
            handOnSample();
        }
    }

    private void handOnCounts() {
        if (countsDue) {
            countsDue = false;
            output.collect(COUNTS, new StreamRecord<>(counter.counts()));
        }
    }

    private void handOnSample() {
        if (unsampled != null) {
            output.collect(SAMPLES, new StreamRecord<>(unsampled));
            unsampled = null;
        }
    }

    /**
     * Only the end of the feed is taken from the source: event time is decided here. The end is not
     * passage of time, so it is said as of the newest trade before it is said for good.
     */
    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (mark.getTimestamp() == Watermark.MAX_WATERMARK.getTimestamp()) {
            handOnCounts();
            handOnSample();
            advanceTo(lateness.newestOr(Long.MIN_VALUE));
            super.processWatermark(mark);
        }
    }

    private void advanceSoon(long now) {
        if (lateness.watermark() <= watermark) {
            return;
        }
        long atLeast = pace.atLeast().toMillis();
        long latest = watermarkFrom + pace.atMost().toMillis() - atLeast;
        if (now >= watermarkFrom && (gathered.areEnough() || now >= latest)) {
            watermarkFrom = now + atLeast;
            advanceTo(lateness.watermark());
        } else if (!watermarkTimerSet) {
            watermarkTimerSet = true;
            long next = now < watermarkFrom ? watermarkFrom : Math.min(latest, now + atLeast);
            getProcessingTimeService().registerTimer(next, this::advanceAtTimer);
        }
    }

    private void advanceAtTimer(long time) {
        watermarkTimerSet = false;
        advanceSoon(getProcessingTimeService().getCurrentProcessingTime());
    }

    private void advanceTo(long eventTime) {
        if (eventTime > watermark) {
            watermark = eventTime;
            gathered.clear();
            output.emitWatermark(new Watermark(eventTime));
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        state.update(List.of(new ParseState(lateness.snapshot(), counter.counts())));
    }
}

package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.analytics.JobCounts;
import io.massivepipeline.job.context.ChainContext;
import io.massivepipeline.job.context.ContextUpdate;
import io.massivepipeline.job.context.Spot;
import io.massivepipeline.job.options.SnapshotSettings;
import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.sources.calendar.ExpiryDate;

import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.clock.SystemClock;

import java.util.Collection;
import java.util.List;

/**
 * Takes the cuts of each underlying and expiry, and publishes those that changed something, as many
 * as the budget affords. Keyed by {@link StreamKey#text()}; context is broadcast to all subtasks.
 *
 * <p>A cut is taken once event time has passed it, so what it holds is a function of feed and
 * context; how many are published is for {@link AffordableCuts}.
 *
 * <p>Why an operator and not a function: of what is broadcast, each subtask hands prices and chains
 * on to those of its keys that they concern, into their state, where they wait for their cut. So
 * nothing races with the context, a chain is held by one subtask and not by all, and nothing of it
 * has to be kept for keys that might ask. A broadcast function may not do that, nor does a function
 * see the newest watermark before the end, as of which a bounded feed is flushed.
 */
public final class TakeSnapshots extends AbstractStreamOperator<Publication>
        implements TwoInputStreamOperator<CutBatch, ContextUpdate, Publication>,
                Triggerable<String, String> {

    private static final long serialVersionUID = 1L;

    /** What was published, conflated and skipped, what was added. */
    public static final OutputTag<JobCounts> COUNTS =
            new OutputTag<>("snapshot-counts") {
                private static final long serialVersionUID = 1L;
            };

    /** How long context waits for a first trade to tell event time, processing time. */
    private static final long PATIENCE_MS = 5000;

    private final SnapshotSettings settings;
    private final boolean live;
    private final CutGrid grid;

    private transient BroadcastState<String, Spot> spots;
    private transient ListState<Long> watermarks;
    private transient KeptSnapshots kept;
    private transient AffordableCuts cuts;
    private transient ListedKeys listed;
    private transient CutClock clock;
    private transient boolean hadWatermark;
    private transient boolean ended;
    private transient boolean patient;

    /**
     * @param live whether context without any trade makes snapshots while the feed goes on; in a
     *     replay it waits for event time, so that all depends on the feed alone
     */
    public TakeSnapshots(SnapshotSettings settings, boolean live) {
        this.settings = settings;
        this.live = live;
        this.grid = new CutGrid(settings.interval().toMillis());
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        spots = context.getOperatorStateStore().getBroadcastState(SnapshotState.spots());
        watermarks = context.getOperatorStateStore().getUnionListState(SnapshotState.watermark());
        hadWatermark = watermarks.get().iterator().hasNext();
    }

    @Override
    public void open() throws Exception {
        super.open();
        clock = new CutClock(grid);
        listed = new ListedKeys();
        kept =
                new KeptSnapshots(
                        this,
                        getKeyedStateBackend(),
                        getRuntimeContext().getState(SnapshotState.expirySnapshot()),
                        getInternalTimerService("cuts", StringSerializer.INSTANCE, this),
                        grid);
        cuts = affordableCuts();
        restoreKeys();
    }

    private AffordableCuts affordableCuts() {
        int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        Budget budget = new Budget(settings.maxRate() / subtasks);
        DueKeys due = new DueKeys(budget.rate());
        Publisher publisher =
                new Publisher(
                        new SnapshotMetrics(getMetricGroup(), due::size, SystemClock.getInstance()),
                        this::now,
                        publication -> output.collect(new StreamRecord<>(publication)));
        return new AffordableCuts(
                budget,
                due,
                publisher,
                kept,
                clock,
                getProcessingTimeService(),
                counts -> output.collect(COUNTS, new StreamRecord<>(JobCounts.of(counts))));
    }

    /** What waited for a token, and who has a chain, is told by the state of the keys. */
    private void restoreKeys() throws Exception {
        for (String key : kept.keys()) {
            ExpirySnapshot snapshot = kept.of(key);
            if (snapshot.isListed()) {
                listed.add(snapshot.stream());
            }
            cuts.restore(snapshot);
        }
    }

    @Override
    public void processElement1(StreamRecord<CutBatch> element) throws Exception {
        CutBatch batch = element.getValue();
        ExpirySnapshot snapshot = current(batch.stream());
        for (CutTrades trades : batch.cuts()) {
            snapshot.add(stillToCome(trades.cut(), snapshot), trades.contracts());
        }
        cuts.keep(snapshot);
    }

    @Override
    public void processElement2(StreamRecord<ContextUpdate> element) throws Exception {
        ContextUpdate update = element.getValue();
        if (update.spot() != null) {
            price(update.spot());
        } else {
            chain(update.chain());
        }
        if (live && clock.isUnknown() && !hadWatermark && !patient) {
            patient = true;
            getProcessingTimeService()
                    .registerTimer(now() + PATIENCE_MS, time -> publishContextAlone());
        }
    }

    private void price(Spot spot) throws Exception {
        String underlying = spot.price().symbol();
        spots.put(underlying, spot);
        for (String key : listed.of(underlying)) {
            ExpirySnapshot snapshot = kept.of(key);
            if (snapshot != null && !isOver(snapshot.stream(), spot.at())) {
                snapshot.add(
                        stillToCome(clock.cutOfContext(spot.at()), snapshot), SpotValue.of(spot));
                cuts.keep(snapshot);
            }
        }
    }

    private void chain(ChainContext chain) throws Exception {
        StreamKey stream = chain.stream();
        if (!isMine(stream.text())
                || !settings.underlyings().accepts(stream.underlying())
                || isOver(stream, chain.at())) {
            return;
        }
        setCurrentKey(stream.text());
        ExpirySnapshot snapshot = current(stream);
        long cut = stillToCome(clock.cutOfContext(chain.at()), snapshot);
        if (!snapshot.isListed()) {
            listed.add(stream);
            Spot spot = spots.get(stream.underlying());
            if (spot != null) {
                snapshot.add(cut, SpotValue.of(spot));
            }
        }
        snapshot.add(cut, Listing.of(chain));
        cuts.keep(snapshot);
    }

    private boolean isMine(String key) {
        TaskInfo task = getRuntimeContext().getTaskInfo();
        int owner =
                KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        key,
                        task.getMaxNumberOfParallelSubtasks(),
                        task.getNumberOfParallelSubtasks());
        return owner == task.getIndexOfThisSubtask();
    }

    /** Nothing that happens after the date of an expiry changes its context. */
    private static boolean isOver(StreamKey stream, long instant) {
        return instant > ExpiryDate.endOf(stream.expiry());
    }

    private ExpirySnapshot current(StreamKey stream) throws Exception {
        ExpirySnapshot snapshot = kept.current();
        if (snapshot == null) {
            snapshot = new ExpirySnapshot(stream);
            kept.considerForgettingAt(forgetAt(snapshot));
        }
        return snapshot;
    }

    /** Before the first trade of a live job, cuts may have been taken that event time comes to. */
    private long stillToCome(long cut, ExpirySnapshot snapshot) {
        long taken = snapshot.cut();
        return taken == ExpirySnapshot.NONE ? cut : Math.max(cut, grid.after(taken));
    }

    @Override
    public void onEventTime(InternalTimer<String, String> timer) throws Exception {
        ExpirySnapshot snapshot = kept.current();
        if (snapshot == null || ended) {
            return;
        }
        if (KeptSnapshots.isToForget(timer)) {
            forgetOrWait(snapshot);
            return;
        }
        kept.timerIsOver(timer, snapshot);
        cuts.take(snapshot);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        ended = mark.getTimestamp() == Long.MAX_VALUE;
        if (ended) {
            // Whoever is told of the end must have all that goes before it.
            flush();
        } else {
            clock.advanceTo(mark.getTimestamp());
            hadWatermark = true;
        }
        // Sets the timers off.
        super.processWatermark(mark);
        if (!ended) {
            cuts.serve();
        }
    }

    /** Takes and publishes all that is held, whether there are tokens or not. */
    private void flush() throws Exception {
        takePending(kept.keys());
        cuts.serveAll();
        cuts.handOnCounts();
    }

    private void takePending(Collection<String> keys) throws Exception {
        for (String key : keys) {
            ExpirySnapshot snapshot = kept.of(key);
            cuts.takePending(snapshot);
            kept.keep(snapshot);
        }
    }

    @Override
    public void processWatermark2(Watermark mark) throws Exception {
        if (mark.getTimestamp() != Long.MAX_VALUE) {
            clock.advanceContextTo(mark.getTimestamp());
        }
        super.processWatermark2(mark);
    }

    /** Live, before the first trade: event time is not known, so cuts go by the context's. */
    private void publishContextAlone() throws Exception {
        patient = false;
        if (clock.isUnknown()) {
            takePending(listed.all());
            cuts.serve();
        }
    }

    private void forgetOrWait(ExpirySnapshot snapshot) {
        if (!isWaitedFor(snapshot)) {
            kept.considerForgettingAfterGrace(now());
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<String, String> timer) throws Exception {
        ExpirySnapshot snapshot = kept.current();
        if (snapshot == null || ended || isWaitedFor(snapshot)) {
            return;
        }
        StreamKey stream = snapshot.stream();
        cuts.serve(stream.text());
        listed.remove(stream);
        kept.forget();
    }

    /** Whether it may not be forgotten yet; it is looked at again then. */
    private boolean isWaitedFor(ExpirySnapshot snapshot) {
        long forgetAt = forgetAt(snapshot);
        if (forgetAt <= clock.time()) {
            return false;
        }
        kept.considerForgettingAt(forgetAt);
        return true;
    }

    private long forgetAt(ExpirySnapshot snapshot) {
        long over = ExpiryDate.endOf(snapshot.stream().expiry());
        long active = Math.max(snapshot.newestTrade(), snapshot.lastPending());
        // A trade may be of a contract that expired long ago; it is kept for a while all the same.
        long arrived = snapshot.cut() == ExpirySnapshot.NONE ? clock.time() : 0;
        return Math.max(Math.max(over, active), arrived) + SnapshotState.LINGER_MS;
    }

    private long now() {
        return getProcessingTimeService().getCurrentProcessingTime();
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        cuts.handOnCounts();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        watermarks.update(hadWatermark ? List.of(clock.time()) : List.of());
    }
}

package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.analytics.JobCounts;
import io.massivepipeline.job.context.ChainContext;
import io.massivepipeline.job.context.ContextUpdate;
import io.massivepipeline.job.context.Spot;
import io.massivepipeline.job.options.SnapshotSettings;
import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.sources.calendar.ExpiryDate;

import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.clock.SystemClock;

import java.util.List;
import java.util.stream.Stream;

/**
 * Takes the cuts of each underlying and expiry, and publishes those that changed something, as many
 * as the budget affords. Keyed by {@link StreamKey#text()}; context is broadcast to all subtasks.
 *
 * <p>A cut is taken once event time has passed it, so what it holds is a function of feed and
 * context. Without a limit each is published that differs from the one before; with one, what
 * changed comes together in the state until there is a token, and the newest cut whose time has
 * passed is published.
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

    /** What a timer is for: that a cut is over, or that state may have had its time. */
    private static final String CUT = "cut";

    private static final String FORGET = "forget";

    private static final long NO_TIMER = Long.MAX_VALUE;

    /** How long context waits for a first trade to tell event time, processing time. */
    private static final long PATIENCE_MS = 5000;

    private static final long COUNTING_INTERVAL_MS = 200;

    private final SnapshotSettings settings;
    private final boolean live;
    private final CutGrid grid;

    private transient ValueState<ExpirySnapshot> snapshots;
    private transient BroadcastState<String, Spot> spots;
    private transient ListState<Long> watermarks;
    private transient InternalTimerService<String> timers;
    private transient Budget budget;
    private transient DueKeys due;
    private transient ListedKeys listed;
    private transient Publisher publisher;
    private transient CutClock clock;
    private transient boolean hadWatermark;
    private transient boolean ended;
    private transient boolean patient;
    private transient boolean servingLater;
    private transient boolean countingLater;

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
        snapshots = getRuntimeContext().getState(SnapshotState.expirySnapshot());
        timers = getInternalTimerService("cuts", StringSerializer.INSTANCE, this);
        int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        budget = new Budget(settings.maxRate() / subtasks);
        due = new DueKeys(budget.rate());
        listed = new ListedKeys();
        clock = new CutClock(grid);
        publisher =
                new Publisher(
                        new SnapshotMetrics(getMetricGroup(), due::size, SystemClock.getInstance()),
                        this::now,
                        publication -> output.collect(new StreamRecord<>(publication)));
        restoreKeys();
    }

    /** What waited for a token, and who has a chain, is told by the state of the keys. */
    private void restoreKeys() throws Exception {
        for (String key : keys()) {
            setCurrentKey(key);
            ExpirySnapshot snapshot = snapshots.value();
            if (snapshot.isListed()) {
                listed.add(snapshot.stream());
            }
            if (snapshot.isUnpublished()) {
                addDue(snapshot, 0);
            }
        }
    }

    private List<String> keys() {
        String state = SnapshotState.expirySnapshot().getName();
        try (Stream<String> keys =
                this.<String>getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
            return keys.toList();
        }
    }

    @Override
    public void processElement1(StreamRecord<CutBatch> element) throws Exception {
        CutBatch batch = element.getValue();
        ExpirySnapshot snapshot = current(batch.stream());
        for (CutTrades trades : batch.cuts()) {
            snapshot.add(stillToCome(trades.cut(), snapshot), trades.contracts());
        }
        update(snapshot);
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
            at(now() + PATIENCE_MS, time -> publishContextAlone());
        }
    }

    private void price(Spot spot) throws Exception {
        String underlying = spot.price().symbol();
        spots.put(underlying, spot);
        for (String key : listed.of(underlying)) {
            setCurrentKey(key);
            ExpirySnapshot snapshot = snapshots.value();
            if (snapshot != null && !isOver(snapshot.stream(), spot.at())) {
                snapshot.add(
                        stillToCome(clock.cutOfContext(spot.at()), snapshot), SpotValue.of(spot));
                update(snapshot);
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
        update(snapshot);
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
        ExpirySnapshot snapshot = snapshots.value();
        if (snapshot == null) {
            snapshot = new ExpirySnapshot(stream);
            timers.registerEventTimeTimer(FORGET, forgetAt(snapshot));
        }
        return snapshot;
    }

    /** Before the first trade of a live job, cuts may have been taken that event time comes to. */
    private long stillToCome(long cut, ExpirySnapshot snapshot) {
        long taken = snapshot.cut();
        return taken == ExpirySnapshot.NONE ? cut : Math.max(cut, grid.after(taken));
    }

    private void update(ExpirySnapshot snapshot) throws Exception {
        long next = snapshot.nextCut(grid);
        if (next != Long.MAX_VALUE && next - 1 < snapshot.timer()) {
            snapshot.timer(next - 1);
            timers.registerEventTimeTimer(CUT, next - 1);
        }
        snapshots.update(snapshot);
    }

    @Override
    public void onEventTime(InternalTimer<String, String> timer) throws Exception {
        ExpirySnapshot snapshot = snapshots.value();
        if (snapshot == null || ended) {
            return;
        }
        if (timer.getNamespace().equals(FORGET)) {
            forgetOrWait(snapshot);
            return;
        }
        if (timer.getTimestamp() >= snapshot.timer()) {
            snapshot.timer(NO_TIMER);
        }
        takeUntil(clock.newestOver(), snapshot);
        update(snapshot);
    }

    /** Takes the cuts that are over. */
    private void takeUntil(long over, ExpirySnapshot snapshot) {
        if (budget.isUnlimited()) {
            long next = snapshot.nextCut(grid);
            while (next <= over) {
                publish(next, snapshot);
                next = snapshot.nextCut(grid);
            }
        } else if (snapshot.nextCut(grid) <= over) {
            gather(over, snapshot);
        }
    }

    private boolean publish(long cut, ExpirySnapshot snapshot) {
        boolean published = publisher.publish(cut, snapshot);
        countLater();
        return published;
    }

    /** Has what belongs to the cuts up to one come together until there is a token. */
    private void gather(long cut, ExpirySnapshot snapshot) {
        int cuts = snapshot.cutsUntil(cut, grid);
        publisher.gather(cut, snapshot);
        addDue(snapshot, cuts);
    }

    private void addDue(ExpirySnapshot snapshot, int cuts) {
        due.add(
                snapshot.stream().text(),
                snapshot.stream().expiry(),
                snapshot.rows().touchedCount(),
                cuts);
    }

    /**
     * At the end of the feed, takes the cuts to which something belongs. The end is not passage of
     * time: where time alone would change something, no cut is taken.
     */
    private void takePending(ExpirySnapshot snapshot) {
        if (budget.isUnlimited()) {
            while (snapshot.firstPending() != Long.MAX_VALUE) {
                publish(grid.atOrAfter(snapshot.firstPending()), snapshot);
            }
        } else if (snapshot.lastPending() != ExpirySnapshot.NONE) {
            gather(grid.atOrAfter(snapshot.lastPending()), snapshot);
        }
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
            serve();
        }
    }

    /** Takes and publishes all that is held, whether there are tokens or not. */
    private void flush() throws Exception {
        for (String key : keys()) {
            setCurrentKey(key);
            ExpirySnapshot snapshot = snapshots.value();
            takePending(snapshot);
            snapshots.update(snapshot);
        }
        for (String key : due.keys()) {
            publishDue(key);
        }
        handOnCounts();
    }

    @Override
    public void processWatermark2(Watermark mark) throws Exception {
        if (mark.getTimestamp() != Long.MAX_VALUE) {
            clock.advanceContextTo(mark.getTimestamp());
        }
        super.processWatermark2(mark);
    }

    /** Publishes what waits as long as there are tokens, and comes back when there are more. */
    private void serve() throws Exception {
        while (!due.isEmpty() && budget.take(now())) {
            if (!publishDue(due.next())) {
                budget.giveBack();
            }
        }
        if (!due.isEmpty() && !servingLater) {
            servingLater = true;
            at(
                    budget.nextAt(now()),
                    time -> {
                        servingLater = false;
                        serve();
                    });
        }
    }

    /** Publishes the newest cut of a key that waits; whether that differs is only found now. */
    private boolean publishDue(String key) throws Exception {
        publisher.together(due.remove(key));
        setCurrentKey(key);
        ExpirySnapshot snapshot = snapshots.value();
        boolean published = publish(clock.newestOver(), snapshot);
        update(snapshot);
        return published;
    }

    /** Live, before the first trade: event time is not known, so cuts go by the context's. */
    private void publishContextAlone() throws Exception {
        patient = false;
        if (clock.isUnknown()) {
            for (String key : listed.all()) {
                setCurrentKey(key);
                ExpirySnapshot snapshot = snapshots.value();
                takePending(snapshot);
                snapshots.update(snapshot);
            }
            serve();
        }
    }

    private void forgetOrWait(ExpirySnapshot snapshot) throws Exception {
        long forgetAt = forgetAt(snapshot);
        if (forgetAt > clock.time()) {
            timers.registerEventTimeTimer(FORGET, forgetAt);
            return;
        }
        StreamKey stream = snapshot.stream();
        if (due.contains(stream.text())) {
            publishDue(stream.text());
        }
        listed.remove(stream);
        snapshots.clear();
    }

    private long forgetAt(ExpirySnapshot snapshot) {
        long over = ExpiryDate.endOf(snapshot.stream().expiry());
        long active = Math.max(snapshot.newestTrade(), snapshot.lastPending());
        // A trade may be of a contract that expired long ago; it is kept for a while all the same.
        long arrived = snapshot.cut() == ExpirySnapshot.NONE ? clock.time() : 0;
        return Math.max(Math.max(over, active), arrived) + SnapshotState.LINGER_MS;
    }

    @Override
    public void onProcessingTime(InternalTimer<String, String> timer) {
        throw new IllegalStateException("No such timer is ever set.");
    }

    private long now() {
        return getProcessingTimeService().getCurrentProcessingTime();
    }

    private void at(long time, ProcessingTimeCallback action) {
        getProcessingTimeService().registerTimer(time, action);
    }

    private void countLater() {
        if (!countingLater) {
            countingLater = true;
            at(now() + COUNTING_INTERVAL_MS, time -> handOnCounts());
        }
    }

    private void handOnCounts() {
        countingLater = false;
        publisher
                .counts()
                .ifPresent(
                        counts -> output.collect(COUNTS, new StreamRecord<>(JobCounts.of(counts))));
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        handOnCounts();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        watermarks.update(hadWatermark ? List.of(clock.time()) : List.of());
    }
}

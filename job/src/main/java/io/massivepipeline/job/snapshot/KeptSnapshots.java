package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.structure.Grace;

import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.KeyContext;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The snapshots of a subtask, each in the state of its key, and the timers of event time that go
 * with them.
 */
final class KeptSnapshots {

    /** What a timer is for: that a cut is over, or that state may have had its time. */
    private static final String CUT = "cut";

    private static final String FORGET = "forget";

    private static final long NO_TIMER = Long.MAX_VALUE;

    private final KeyContext keyContext;
    private final KeyedStateBackend<String> backend;
    private final ValueState<ExpirySnapshot> state;
    private final InternalTimerService<String> timers;
    private final CutGrid grid;

    KeptSnapshots(
            KeyContext keyContext,
            KeyedStateBackend<String> backend,
            ValueState<ExpirySnapshot> state,
            InternalTimerService<String> timers,
            CutGrid grid) {
        this.keyContext = keyContext;
        this.backend = backend;
        this.state = state;
        this.timers = timers;
        this.grid = grid;
    }

    List<String> keys() {
        String name = SnapshotState.expirySnapshot().getName();
        try (Stream<String> keys = backend.getKeys(name, VoidNamespace.INSTANCE)) {
            return keys.toList();
        }
    }

    /** That of the key that is current, or null. */
    ExpirySnapshot current() throws IOException {
        return state.value();
    }

    /** That of a key, which is current from now on, or null. */
    ExpirySnapshot of(String key) throws IOException {
        keyContext.setCurrentKey(key);
        return state.value();
    }

    /** Keeps that of the current key as it is now. */
    void keep(ExpirySnapshot snapshot) throws IOException {
        state.update(snapshot);
    }

    /** Keeps that of the current key as it is now, and has its next cut taken when it is over. */
    void keepGoing(ExpirySnapshot snapshot) throws IOException {
        long next = snapshot.nextCut(grid);
        if (next != Long.MAX_VALUE && next - 1 < snapshot.timer()) {
            snapshot.timer(next - 1);
            timers.registerEventTimeTimer(CUT, next - 1);
        }
        state.update(snapshot);
    }

    /** The timer of a cut of the current key has gone off. */
    void timerIsOver(InternalTimer<String, String> timer, ExpirySnapshot snapshot) {
        if (timer.getTimestamp() >= snapshot.timer()) {
            snapshot.timer(NO_TIMER);
        }
    }

    /** Has it looked at whether that of the current key may be forgotten. */
    void considerForgettingAt(long eventTime) {
        timers.registerEventTimeTimer(FORGET, eventTime);
    }

    /** The same after a while of processing time, if nothing speaks against it in event time. */
    void considerForgettingAfterGrace(long now) {
        timers.registerProcessingTimeTimer(FORGET, Grace.endFrom(now));
    }

    /** Whether a timer asks that. */
    static boolean isToForget(InternalTimer<String, String> timer) {
        return timer.getNamespace().equals(FORGET);
    }

    /** Forgets that of the current key. */
    void forget() {
        state.clear();
    }
}

package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.analytics.SnapshotCounts;

import org.apache.flink.api.common.operators.ProcessingTimeService;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * Takes the cuts that are over, and publishes of them what the budget affords.
 *
 * <p>Without a limit each is published that differs from the one before; with one, what changed
 * comes together in the state until there is a token, and the newest cut whose time has passed is
 * published.
 */
final class AffordableCuts {

    private static final long COUNTING_INTERVAL_MS = 200;

    /** So many cuts of one that waits are taken in together, while its state is at hand. */
    private static final int CUTS_TOGETHER = 4;

    private final Budget budget;
    private final DueKeys due;
    private final Publisher publisher;
    private final KeptSnapshots kept;
    private final CutClock clock;
    private final CutGrid grid;
    private final ProcessingTimeService time;
    private final Consumer<SnapshotCounts> counts;

    private boolean servingLater;
    private boolean countingLater;

    /**
     * @param due nobody waits yet
     * @param time wall clock and timers of it
     * @param counts who is told now and then what became of cuts
     */
    AffordableCuts(
            Budget budget,
            DueKeys due,
            Publisher publisher,
            KeptSnapshots kept,
            CutClock clock,
            ProcessingTimeService time,
            Consumer<SnapshotCounts> counts) {
        this.budget = budget;
        this.due = due;
        this.publisher = publisher;
        this.kept = kept;
        this.clock = clock;
        this.grid = clock.grid();
        this.time = time;
        this.counts = counts;
    }

    /** Has the current key's wait again if it waited for a token before a restart. */
    void restore(ExpirySnapshot snapshot) throws IOException {
        if (snapshot.isUnpublished()) {
            addDue(snapshot, 0);
        }
        keep(snapshot);
    }

    /**
     * Keeps the current key's as it is now, and has its next cut taken when it is over. One that
     * waits for a token takes in what is over some cuts at a time, and when its turn comes: with
     * thousands that wait, the timers of all of them would go off at each cut while trades wait.
     */
    void keep(ExpirySnapshot snapshot) throws IOException {
        if (due.contains(snapshot.stream().text())) {
            if (snapshot.pendingCuts() >= CUTS_TOGETHER) {
                gatherPending(snapshot);
            }
            kept.keep(snapshot);
        } else {
            kept.keepGoing(snapshot);
        }
    }

    private void gatherPending(ExpirySnapshot snapshot) {
        long over = clock.newestOver();
        if (snapshot.firstPending() <= over) {
            gather(over, snapshot);
        }
    }

    /** Takes the current key's cuts that are over. */
    void take(ExpirySnapshot snapshot) throws IOException {
        long over = clock.newestOver();
        if (budget.isUnlimited()) {
            long next = snapshot.nextCut(grid);
            while (next <= over) {
                publish(next, snapshot);
                next = snapshot.nextCut(grid);
            }
        } else if (snapshot.nextCut(grid) <= over) {
            gather(over, snapshot);
        }
        keep(snapshot);
    }

    /**
     * Takes the cuts to which something belongs, over or not: at the end of the feed. The end is
     * not passage of time: where time alone would change something, no cut is taken.
     */
    void takePending(ExpirySnapshot snapshot) {
        if (budget.isUnlimited()) {
            while (snapshot.firstPending() != Long.MAX_VALUE) {
                publish(grid.atOrAfter(snapshot.firstPending()), snapshot);
            }
        } else if (snapshot.lastPending() != ExpirySnapshot.NONE) {
            gather(grid.atOrAfter(snapshot.lastPending()), snapshot);
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

    /** Publishes what waits as long as there are tokens, and comes back when there are more. */
    void serve() throws IOException {
        while (!due.isEmpty() && budget.take(now())) {
            if (!publishDue(due.next())) {
                budget.giveBack();
            }
        }
        if (!due.isEmpty() && !servingLater) {
            servingLater = true;
            time.registerTimer(
                    budget.nextAt(now()),
                    timer -> {
                        servingLater = false;
                        serve();
                    });
        }
    }

    /** Publishes all that waits, whether there are tokens or not. */
    void serveAll() throws IOException {
        for (String key : due.keys()) {
            publishDue(key);
        }
    }

    /** Publishes a key if it waits, whether there is a token or not. */
    void serve(String key) throws IOException {
        if (due.contains(key)) {
            publishDue(key);
        }
    }

    /** Publishes the newest cut of a key that waits; whether that differs is only found now. */
    private boolean publishDue(String key) throws IOException {
        ExpirySnapshot snapshot = kept.of(key);
        gatherPending(snapshot);
        publisher.together(due.remove(key));
        boolean published = publish(clock.newestOver(), snapshot);
        kept.keepGoing(snapshot);
        return published;
    }

    private void countLater() {
        if (!countingLater) {
            countingLater = true;
            time.registerTimer(now() + COUNTING_INTERVAL_MS, timer -> handOnCounts());
        }
    }

    /** Says what became of cuts since the last time. */
    void handOnCounts() {
        countingLater = false;
        publisher.counts().ifPresent(counts);
    }

    private long now() {
        return time.getCurrentProcessingTime();
    }
}

package io.massivepipeline.job.structure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Trades that wait until no earlier one can be on time, in the order of their ids. */
final class PendingTrades {

    private final ArrayList<IdentifiedTrade> trades;

    PendingTrades() {
        this(new ArrayList<>());
    }

    PendingTrades(ArrayList<IdentifiedTrade> inOrder) {
        this.trades = inOrder;
    }

    /** Trades mostly come in order, so the place is looked for from the end. */
    void add(IdentifiedTrade trade) {
        int last = trades.size() - 1;
        if (last < 0 || trades.get(last).compareTo(trade) < 0) {
            trades.add(trade);
            return;
        }
        int place = Collections.binarySearch(trades, trade);
        trades.add(place < 0 ? -place - 1 : place, trade);
    }

    /** Takes out everything up to an event time, inclusive. */
    List<IdentifiedTrade> releaseUntil(long eventTime) {
        int due = 0;
        while (due < trades.size() && trades.get(due).trade().timestamp() <= eventTime) {
            due++;
        }
        if (due == 0) {
            return List.of();
        }
        List<IdentifiedTrade> head = trades.subList(0, due);
        List<IdentifiedTrade> released = new ArrayList<>(head);
        head.clear();
        return released;
    }

    /** The event time of the first on-time trade or {@link Long#MAX_VALUE}. */
    long nextRelease() {
        return trades.isEmpty() ? Long.MAX_VALUE : trades.get(0).trade().timestamp();
    }

    int size() {
        return trades.size();
    }

    /** All of them, in order. */
    List<IdentifiedTrade> all() {
        return Collections.unmodifiableList(trades);
    }

    PendingTrades copy() {
        return new PendingTrades(new ArrayList<>(trades));
    }
}

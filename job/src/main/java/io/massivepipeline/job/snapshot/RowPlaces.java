package io.massivepipeline.job.snapshot;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * At which place of a list the row of a strike and root stands, and that of a contract. What is
 * listed changes seldom, so whoever copies the rows shares this until it does.
 */
final class RowPlaces {

    static final int NOWHERE = -1;

    private final TreeMap<RowKey, Integer> byKey = new TreeMap<>();
    private final Map<String, Integer> byTicker = new HashMap<>();

    /** Whether others use it, too; then it is never changed again. */
    private boolean shared;

    /** Whoever wants to change it from now on must take a {@link #copy()}. */
    RowPlaces share() {
        shared = true;
        return this;
    }

    boolean isShared() {
        return shared;
    }

    int of(RowKey key) {
        return byKey.getOrDefault(key, NOWHERE);
    }

    int of(String ticker) {
        return byTicker.getOrDefault(ticker, NOWHERE);
    }

    /** All places in the order of strike and root. */
    Collection<Integer> all() {
        return byKey.values();
    }

    int size() {
        return byKey.size();
    }

    void put(RowKey key, int place) {
        byKey.put(key, place);
    }

    void put(String ticker, int place) {
        byTicker.put(ticker, place);
    }

    void remove(RowKey key) {
        byKey.remove(key);
    }

    void remove(String ticker) {
        byTicker.remove(ticker);
    }

    RowPlaces copy() {
        RowPlaces copy = new RowPlaces();
        copy.byKey.putAll(byKey);
        copy.byTicker.putAll(byTicker);
        return copy;
    }
}

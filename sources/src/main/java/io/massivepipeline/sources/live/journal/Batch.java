package io.massivepipeline.sources.live.journal;

import java.util.ArrayList;
import java.util.List;

/** Entries that are read together, up to a number and a weight. */
final class Batch {

    private final int maxEntries;
    private final long maxWeight;
    private final List<JournalEntry> entries = new ArrayList<>();
    private long weight;

    Batch(int maxEntries, long maxWeight) {
        this.maxEntries = maxEntries;
        this.maxWeight = maxWeight;
    }

    void add(JournalEntry entry) {
        entries.add(entry);
        weight += entry.weight();
    }

    boolean isFull() {
        return entries.size() >= maxEntries || weight >= maxWeight;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    JournalEntry last() {
        return entries.get(entries.size() - 1);
    }

    List<JournalEntry> entries() {
        return entries;
    }
}

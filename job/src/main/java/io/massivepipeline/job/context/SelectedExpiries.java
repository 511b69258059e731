package io.massivepipeline.job.context;

import io.massivepipeline.job.structure.StreamKey;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What is selected of each expiry, and what of that has to be published. */
final class SelectedExpiries {

    private final TreeMap<String, ChainContext> newest;
    private final TreeMap<String, Integer> index;

    /** What this process has published: of what one before has, nobody knows what became. */
    private final Set<String> published = new HashSet<>();

    private boolean indexPublished;

    SelectedExpiries(Set<String> underlyings, SelectionState restored) {
        newest = new TreeMap<>(restored.selections());
        newest.values().removeIf(context -> !underlyings.contains(context.stream().underlying()));
        index = new TreeMap<>(restored.index());
        index.keySet().removeIf(stream -> !underlyings.contains(underlyingOf(stream)));
    }

    private static String underlyingOf(String stream) {
        return stream.substring(0, stream.indexOf(':'));
    }

    Map<String, ChainContext> newest() {
        return new HashMap<>(newest);
    }

    Map<String, Integer> index() {
        return new HashMap<>(index);
    }

    /** Those of an underlying, by expiry. */
    Collection<ChainContext> of(String underlying) {
        // ';' follows ':' in ASCII.
        return newest.subMap(underlying + ':', underlying + ';').values();
    }

    /** That of one expiry, or null. */
    ChainContext of(StreamKey stream) {
        return newest.get(stream.text());
    }

    /**
     * Takes what is selected anew of all expiries of an underlying; what is not among it is over.
     *
     * @param now by stream, in the order of the expiries
     * @param tradeDate on which it is
     */
    ChainSelection replace(String underlying, Map<String, ChainContext> now, int tradeDate) {
        newest.subMap(underlying + ':', underlying + ';').keySet().retainAll(now.keySet());
        Map<String, Integer> before = index();
        // An index without what is left of yesterday, but never with half of what is of today: so
        // dates are moved by whole chains only, and not by prices.
        index.values().removeIf(date -> date < tradeDate);
        now.keySet().forEach(stream -> index.put(stream, tradeDate));
        return publication(List.copyOf(now.values()), before);
    }

    /**
     * Takes what is selected by a new price.
     *
     * @param now by stream; the selection before itself where the price makes no difference
     * @param tradeDate on which it is
     */
    ChainSelection update(String underlying, Map<String, ChainContext> now, int tradeDate) {
        newest.subMap(underlying + ':', underlying + ';').keySet().retainAll(now.keySet());
        Map<String, Integer> before = index();
        List<ChainContext> differing = new ArrayList<>();
        for (ChainContext context : now.values()) {
            if (of(context.stream()) != context) {
                differing.add(context);
                index.putIfAbsent(context.stream().text(), tradeDate);
            }
        }
        return publication(differing, before);
    }

    private ChainSelection publication(
            List<ChainContext> contexts, Map<String, Integer> indexBefore) {
        List<ExpirySelection> expiries = new ArrayList<>();
        for (ChainContext context : contexts) {
            ChainContext old = newest.put(context.stream().text(), context);
            boolean isFirst = published.add(context.stream().text());
            expiries.add(
                    new ExpirySelection(
                            context,
                            isFirst || old == null || !old.hasContracts(context.contracts())));
        }
        boolean indexDue = !indexPublished || !indexBefore.equals(index);
        if (expiries.isEmpty() || !indexDue) {
            return new ChainSelection(expiries, null);
        }
        indexPublished = true;
        return new ChainSelection(expiries, index());
    }
}

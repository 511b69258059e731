package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.structure.StreamKey;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys of a subtask that have a chain, by underlying: those that a price concerns. */
final class ListedKeys {

    private final Map<String, Set<String>> byUnderlying = new HashMap<>();

    void add(StreamKey stream) {
        byUnderlying
                .computeIfAbsent(stream.underlying(), underlying -> new HashSet<>())
                .add(stream.text());
    }

    void remove(StreamKey stream) {
        byUnderlying.getOrDefault(stream.underlying(), new HashSet<>()).remove(stream.text());
    }

    /** Those of an underlying. */
    Set<String> of(String underlying) {
        return byUnderlying.getOrDefault(underlying, Set.of());
    }

    List<String> all() {
        return byUnderlying.values().stream().flatMap(Set::stream).toList();
    }
}

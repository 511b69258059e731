package io.massivepipeline.sinks.redis;

import java.util.Collection;
import java.util.Map;

/** Estimates of what a write weighs, in bytes. */
final class Sizes {

    /** What the protocol adds to an argument, and an object on the heap to its content. */
    private static final int OVERHEAD = 16;

    private Sizes() {}

    static long of(String text) {
        return text.length() + OVERHEAD;
    }

    static long of(Collection<String> texts) {
        return texts.stream().mapToLong(Sizes::of).sum();
    }

    static long of(Map<String, ?> fields) {
        return fields.entrySet().stream()
                .mapToLong(field -> of(field.getKey()) + of(field.getValue().toString()))
                .sum();
    }
}

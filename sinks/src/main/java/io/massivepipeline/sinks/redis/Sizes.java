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
        long sum = 0;
        for (String text : texts) {
            sum += of(text);
        }
        return sum;
    }

    static long of(Map<String, ?> fields) {
        long sum = 0;
        for (Map.Entry<String, ?> field : fields.entrySet()) {
            sum += of(field.getKey()) + of(field.getValue().toString());
        }
        return sum;
    }
}

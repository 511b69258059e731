package io.massivepipeline.job.context;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Versions of one thing by time.
 *
 * @param versions the oldest first
 * @param time when a version begins to stand
 */
record Timeline<T>(List<T> versions, ToLongFunction<T> time) {

    /** Of what stands in state, where nothing may stand yet. */
    static <T> Timeline<T> of(List<T> versions, ToLongFunction<T> time) {
        return new Timeline<>(versions == null ? List.of() : versions, time);
    }

    /** The newest version at or before a time, or null. */
    T at(long at) {
        int index = newest(at);
        return index < 0 ? null : versions.get(index);
    }

    /** With a version that is not older than the newest, in the place of one of the same time. */
    Timeline<T> with(T version) {
        List<T> longer = new ArrayList<>(versions);
        int last = longer.size() - 1;
        if (last >= 0 && time.applyAsLong(longer.get(last)) == time.applyAsLong(version)) {
            longer.remove(last);
        }
        longer.add(version);
        return new Timeline<>(longer, time);
    }

    /** Whether something was superseded at a time. */
    boolean isLongerThanNeeded(long neededFrom) {
        return newest(neededFrom) > 0;
    }

    /** Without what was superseded at a time. */
    Timeline<T> from(long neededFrom) {
        int first = Math.max(0, newest(neededFrom));
        return new Timeline<>(new ArrayList<>(versions.subList(first, versions.size())), time);
    }

    private int newest(long at) {
        int index = versions.size() - 1;
        while (index >= 0 && time.applyAsLong(versions.get(index)) > at) {
            index--;
        }
        return index;
    }
}

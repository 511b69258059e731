package io.massivepipeline.job.analytics;

import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes what belongs to a key at most once per interval of processing time, and not at all while
 * nothing changes. It is no state: after a restart every key is to be added once.
 *
 * <p>All keys wait for the same time, so the order in which they come is that in which they are due
 * and one timer is enough.
 *
 * @param <K> the keys
 */
final class Throttle<K> {

    /** So many, then what waits in the mailbox has its turn: trades must not wait for figures. */
    private static final int AT_ONCE = 200;

    private final ProcessingTimeService time;
    private final long intervalMs;
    private final Writer<K> writer;
    private final Map<K, Long> due = new LinkedHashMap<>();
    private boolean timerSet;

    /** Writes what belongs to a key. */
    @FunctionalInterface
    interface Writer<K> {

        /**
         * Writes it.
         *
         * @return whether there will be something to write even if nothing happens to the key
         */
        boolean write(K key) throws Exception;
    }

    Throttle(ProcessingTimeService time, Duration interval, Writer<K> writer) {
        this.time = time;
        this.intervalMs = interval.toMillis();
        this.writer = writer;
    }

    /** There is something to be written: an interval from now, unless the key waits already. */
    void add(K key) {
        if (!due.containsKey(key)) {
            due.put(key, time.getCurrentProcessingTime() + intervalMs);
            setTimer();
        }
    }

    /** Whether a key waits to be written. */
    boolean holds(K key) {
        return due.containsKey(key);
    }

    private void setTimer() {
        if (!timerSet && !due.isEmpty()) {
            timerSet = true;
            time.registerTimer(due.values().iterator().next(), this::writeDue);
        }
    }

    private void writeDue(long now) throws Exception {
        timerSet = false;
        for (K key : takeUntil(now, AT_ONCE)) {
            if (writer.write(key)) {
                add(key);
            }
        }
        setTimer();
    }

    /** Writes what waits, whether it is due or not. To be called once, at the end. */
    void writeRest() throws Exception {
        for (K key : takeUntil(Long.MAX_VALUE, Integer.MAX_VALUE)) {
            writer.write(key);
        }
    }

    private List<K> takeUntil(long now, int limit) {
        List<K> taken = new ArrayList<>();
        for (Map.Entry<K, Long> waiting : due.entrySet()) {
            if (waiting.getValue() > now || taken.size() == limit) {
                break;
            }
            taken.add(waiting.getKey());
        }
        taken.forEach(due::remove);
        return taken;
    }
}

package io.massivepipeline.sources.poll;

import org.apache.flink.metrics.MetricGroup;

import java.io.Closeable;
import java.io.Serializable;

/**
 * Asks for something again and again; called by one thread of its own, so it may block. That thread
 * is interrupted to end it.
 */
public interface Poller<T> extends Closeable {

    /**
     * Asks once. An answer that does not come is the poller's own business: it says and counts it,
     * and returns.
     *
     * @throws InterruptedException if nobody waits for the answer any more
     * @throws RuntimeException if asking again cannot help; this fails the job
     */
    void poll(PollOutput<T> out) throws InterruptedException;

    /**
     * What was answered before a recovery and is still kept; called before the first poll, in no
     * order.
     */
    default void resume(T kept) {
        // Most need nothing of it.
    }

    @Override
    void close();

    /** Makes the poller where it will ask. */
    @FunctionalInterface
    interface Factory<T> extends Serializable {

        /**
         * @param metrics of the source operator
         */
        Poller<T> open(MetricGroup metrics);
    }
}

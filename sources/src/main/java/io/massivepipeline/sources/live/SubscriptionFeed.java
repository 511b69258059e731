package io.massivepipeline.sources.live;

import java.io.Serializable;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Tells which channels of the provider are wanted, now and whenever that changes: {@code T.*} for
 * the whole market, {@code T.O:SPY251219C00650000} for a contract.
 */
public interface SubscriptionFeed extends AutoCloseable {

    /**
     * Begins to tell. All wanted channels are given each time, not the difference, as soon as they
     * are known and from any thread. It must return quickly, and try again by itself what fails: an
     * exception ends the feed.
     */
    void start(Consumer<Set<String>> wanted);

    /** Tells no more, and frees what it holds. */
    @Override
    void close();

    /** Makes a feed where the connection is. */
    @FunctionalInterface
    interface Factory extends Serializable {

        SubscriptionFeed create();
    }

    /** The trades of the whole market. */
    static Factory firehose() {
        return fixed(Set.of("T.*"));
    }

    /** Always the same channels. */
    static Factory fixed(Collection<String> channels) {
        TreeSet<String> all = new TreeSet<>(channels);
        return () -> new Fixed(all);
    }

    /** Tells once. */
    record Fixed(Set<String> channels) implements SubscriptionFeed {

        @Override
        public void start(Consumer<Set<String>> wanted) {
            wanted.accept(channels);
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}

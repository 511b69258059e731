package io.massivepipeline.job.analytics;

import io.massivepipeline.job.structure.IdentifiedTrade;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds bursts, that is groups of on-time trades of one contract in one millisecond. A batch holds
 * all on-time trades of the milliseconds that it releases, so no group is split between batches.
 */
final class BurstCounter {

    private final Map<String, Integer> groups = new HashMap<>();

    /** Takes note of a group that is complete. */
    interface GroupListener {

        /**
         * @param timestamp the millisecond
         * @param size how many trades, from 1
         */
        void group(long timestamp, int size);
    }

    /** Tells the size of every group of on-time trades, in the order of their milliseconds. */
    void count(List<IdentifiedTrade> trades, GroupListener listener) {
        int from = 0;
        while (from < trades.size()) {
            long timestamp = trades.get(from).trade().timestamp();
            int to = from + 1;
            while (to < trades.size() && trades.get(to).trade().timestamp() == timestamp) {
                to++;
            }
            countMillisecond(trades.subList(from, to), timestamp, listener);
            from = to;
        }
    }

    private void countMillisecond(
            List<IdentifiedTrade> trades, long timestamp, GroupListener listener) {
        if (trades.size() == 1) {
            if (!trades.get(0).trade().late()) {
                listener.group(timestamp, 1);
            }
            return;
        }
        for (IdentifiedTrade identified : trades) {
            if (!identified.trade().late()) {
                groups.merge(identified.trade().contract().ticker(), 1, Integer::sum);
            }
        }
        groups.values().forEach(size -> listener.group(timestamp, size));
        groups.clear();
    }
}

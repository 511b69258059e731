package io.massivepipeline.job.analytics;

import io.massivepipeline.job.structure.IdentifiedTrade;
import io.massivepipeline.sources.trade.OptionContract;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds bursts, that is groups of on-time trades of one contract in one millisecond. A batch holds
 * all on-time trades of the milliseconds that it releases, so no group is split between batches.
 */
final class BurstCounter {

    private final Map<OptionContract, Integer> groups = new HashMap<>();

    /**
     * Adds the groups of one millisecond to a tally.
     *
     * @param trades of which those from {@code from} to before {@code to} are of that millisecond
     */
    void count(List<IdentifiedTrade> trades, int from, int to, TradeTally tally) {
        if (to - from == 1) {
            tally.addGroup(trades.get(from).trade().late() ? 0 : 1);
            return;
        }
        for (int i = from; i < to; i++) {
            if (!trades.get(i).trade().late()) {
                groups.merge(trades.get(i).trade().contract(), 1, Integer::sum);
            }
        }
        groups.values().forEach(tally::addGroup);
        groups.clear();
    }
}

package io.massivepipeline.job.context;

import java.util.Map;

/**
 * What the selection knows at a checkpoint.
 *
 * @param at how far context time has come, Unix milliseconds
 * @param prices by symbol
 * @param chains the newest of each underlying
 * @param selections the newest by underlying and expiry
 * @param index by underlying and expiry: the trade date of the newest selection
 */
public record SelectionState(
        long at,
        Map<String, KnownPrice> prices,
        Map<String, KnownChain> chains,
        Map<String, ChainContext> selections,
        Map<String, Integer> index) {

    /** Nothing yet. */
    static final SelectionState NONE =
            new SelectionState(0, Map.of(), Map.of(), Map.of(), Map.of());
}

package io.massivepipeline.sources.poll.chain;

import java.util.List;

/**
 * A whole chain of one underlying, never half of one: the first listed expiries, and of each the
 * contracts in a range of strikes that is wider than what will be selected.
 *
 * @param polledAt when the last page came, Unix milliseconds
 * @param underlying {@code SPX}, without the provider's prefix
 * @param expiries the first listed expiries as numbers, ascending; their places are their {@code
 *     dte_index}
 * @param contracts of these expiries, by expiry, strike, root and right
 */
public record ChainPoll(
        long polledAt, String underlying, List<Integer> expiries, List<ChainContract> contracts) {}

package io.massivepipeline.job.context;

import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.sources.poll.chain.ChainContract;
import io.massivepipeline.sources.poll.chain.ChainPoll;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** An expiry of a chain with all its listed contracts, whatever their root. */
final class ListedExpiry {

    private static final Comparator<ChainContract> ORDER =
            Comparator.comparingLong(ChainContract::strike)
                    .thenComparing(ChainContract::root)
                    .thenComparing(ChainContract::right);

    private static final long[] NO_STRIKES = {};

    private final StreamKey stream;
    private final int index;
    private final long polledAt;
    private final List<ChainContract> contracts;
    private final long[] strikes;

    private ListedExpiry(
            StreamKey stream, int index, long polledAt, List<ChainContract> contracts) {
        this.stream = stream;
        this.index = index;
        this.polledAt = polledAt;
        this.contracts = contracts;
        this.strikes = strikes(contracts);
    }

    /**
     * @param index the place of the expiry in the list of listed ones
     */
    static ListedExpiry of(ChainPoll chain, int index) {
        int expiry = chain.expiries().get(index);
        return new ListedExpiry(
                StreamKey.parse(chain.underlying() + ":" + expiry),
                index,
                chain.polledAt(),
                chain.contracts().stream()
                        .filter(contract -> contract.expiry() == expiry)
                        .sorted(ORDER)
                        .toList());
    }

    /** Distinct ones, ascending. */
    static long[] strikes(List<ChainContract> contracts) {
        return contracts.isEmpty()
                ? NO_STRIKES
                : contracts.stream().mapToLong(ChainContract::strike).distinct().sorted().toArray();
    }

    StreamKey stream() {
        return stream;
    }

    int index() {
        return index;
    }

    long polledAt() {
        return polledAt;
    }

    boolean isEmpty() {
        return contracts.isEmpty();
    }

    /** The strike nearest to a price, the lower of two; in thousandths of a dollar. */
    long nearestStrike(BigDecimal price) {
        BigDecimal thousandths = price.movePointRight(3);
        int found = Arrays.binarySearch(strikes, thousandths.longValue());
        // Where the price, without its fraction, stands or would stand among the strikes.
        int below = found >= 0 ? found : Math.max(0, -found - 2);
        int above = Math.min(strikes.length - 1, below + 1);
        BigDecimal up = distance(strikes[above], thousandths);
        return up.compareTo(distance(strikes[below], thousandths)) < 0
                ? strikes[above]
                : strikes[below];
    }

    private static BigDecimal distance(long strike, BigDecimal price) {
        return price.subtract(BigDecimal.valueOf(strike)).abs();
    }

    /** The contracts with strikes between two, inclusive. */
    List<ChainContract> between(long lowest, long highest) {
        return contracts.stream()
                .filter(contract -> contract.strike() >= lowest && contract.strike() <= highest)
                .toList();
    }
}

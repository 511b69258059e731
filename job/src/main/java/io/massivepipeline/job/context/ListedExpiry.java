package io.massivepipeline.job.context;

import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.sources.poll.chain.ChainContract;
import io.massivepipeline.sources.poll.chain.ChainPoll;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An expiry of a chain with all its listed contracts, whatever their root. */
final class ListedExpiry {

    private static final Comparator<ChainContract> ORDER =
            Comparator.comparingLong(ChainContract::strike)
                    .thenComparing(ChainContract::root)
                    .thenComparing(ChainContract::right);

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

    /** Those of a chain that have contracts, in its order. */
    static List<ListedExpiry> of(ChainPoll chain) {
        Map<Integer, List<ChainContract>> byExpiry =
                chain.contracts().stream().collect(Collectors.groupingBy(ChainContract::expiry));
        return IntStream.range(0, chain.expiries().size())
                .filter(index -> byExpiry.containsKey(chain.expiries().get(index)))
                .mapToObj(index -> of(chain, index, byExpiry.get(chain.expiries().get(index))))
                .toList();
    }

    private static ListedExpiry of(ChainPoll chain, int index, List<ChainContract> contracts) {
        return new ListedExpiry(
                StreamKey.parse(chain.underlying() + ":" + chain.expiries().get(index)),
                index,
                chain.polledAt(),
                contracts.stream().sorted(ORDER).toList());
    }

    /**
     * Distinct ones, ascending.
     *
     * @param contracts by strike
     */
    static long[] strikes(List<ChainContract> contracts) {
        long[] strikes = new long[contracts.size()];
        int count = 0;
        for (ChainContract contract : contracts) {
            if (count == 0 || strikes[count - 1] != contract.strike()) {
                strikes[count++] = contract.strike();
            }
        }
        return Arrays.copyOf(strikes, count);
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

    /** The contracts with strikes between two, inclusive; a view. */
    List<ChainContract> between(long lowest, long highest) {
        return contracts.subList(firstFrom(lowest), firstFrom(highest + 1));
    }

    /** Where the first contract stands whose strike is not below one. */
    private int firstFrom(long strike) {
        int low = 0;
        int high = contracts.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (contracts.get(middle).strike() < strike) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}

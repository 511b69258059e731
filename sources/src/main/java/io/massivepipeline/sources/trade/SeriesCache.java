package io.massivepipeline.sources.trade;

/**
 * Series by root and expiry, so that contracts share them: by the names in them every trade is
 * looked up, and a name that is the same object is found without a look at its characters. Bounded
 * and direct-mapped as {@link ContractCache}, but there are fewer of them. Not for several threads.
 */
final class SeriesCache {

    /** Twice and more of what trades on a busy day. */
    private static final int CAPACITY = 1 << 15;

    private final OptionSeries[] series = new OptionSeries[CAPACITY];

    /**
     * The series of a root and an expiry date.
     *
     * @param expiry the date as a number
     */
    OptionSeries get(String root, int expiry) {
        int hash = (root.hashCode() * 31 + expiry) * 0x9E3779B9;
        int place = hash >>> Integer.SIZE - Integer.numberOfTrailingZeros(CAPACITY);
        OptionSeries found = series[place];
        if (found == null || found.expiry() != expiry || !found.root().equals(root)) {
            found = new OptionSeries(root, expiry);
            series[place] = found;
        }
        return found;
    }
}

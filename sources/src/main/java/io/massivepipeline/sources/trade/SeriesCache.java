package io.massivepipeline.sources.trade;

/**
 * Series by root and expiry, so that contracts share them: by the names in them every trade is
 * looked up, and a name that is the same object is found without a look at its characters. Bounded
 * and direct-mapped, but there are fewer of them than of contracts. Not for several threads.
 */
final class SeriesCache implements SeriesLookup {

    /** Twice and more of what trades on a busy day. */
    private static final int CAPACITY = 1 << 15;

    private final OptionSeries[] series = new OptionSeries[CAPACITY];

    @Override
    public OptionSeries get(char[] buffer, int from, int end, int expiry) {
        long root = OptionSeries.numberOf(buffer, from, end);
        long hash = (root * 31 + expiry) * 0x9E3779B97F4A7C15L;
        int place = (int) (hash >>> Long.SIZE - Integer.numberOfTrailingZeros(CAPACITY));
        OptionSeries found = series[place];
        if (found == null || !found.is(root, expiry)) {
            found = new OptionSeries(new String(buffer, from, end - from), expiry);
            series[place] = found;
        }
        return found;
    }
}

package io.massivepipeline.sources.trade;

/** Where the series of contracts come from. */
interface SeriesLookup {

    /**
     * The series of a root and an expiry date.
     *
     * @param buffer has the root from {@code from} to before {@code end}
     * @param expiry the date as a number
     */
    OptionSeries get(char[] buffer, int from, int end, int expiry);
}

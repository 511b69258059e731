package io.massivepipeline.job.snapshot;

/**
 * What a row is of. Contracts of one strike and different roots, settled at the open and at the
 * close, have different rows.
 *
 * @param strike thousandths of a dollar
 */
record RowKey(long strike, String root) implements Comparable<RowKey> {

    @Override
    public int compareTo(RowKey other) {
        int byStrike = Long.compare(strike, other.strike);
        return byStrike != 0 ? byStrike : root.compareTo(other.root);
    }
}

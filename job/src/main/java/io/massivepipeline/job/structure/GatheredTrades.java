package io.massivepipeline.job.structure;

import io.massivepipeline.sources.trade.OptionTrade;

import java.util.Arrays;

/**
 * Counts the trades since the last watermark, and of how many streams they are, about: a bit for
 * each hash of a stream, which costs next to nothing a trade.
 */
final class GatheredTrades {

    /** They wait in memory. */
    private static final int MOST = 300_000;

    private static final int HASHES = 1 << 16;

    private final int perStream;
    private final long[] seen = new long[HASHES / Long.SIZE];

    private int trades;
    private int streams;

    /**
     * @param perStream how many trades are enough, by the number of streams that they are of
     */
    GatheredTrades(int perStream) {
        this.perStream = perStream;
    }

    void add(OptionTrade trade) {
        if (perStream == 0) {
            return;
        }
        trades++;
        int hash = trade.contract().expiryKey().hashCode();
        int place = (hash ^ hash >>> 16) & HASHES - 1;
        long bit = 1L << place;
        if ((seen[place / Long.SIZE] & bit) == 0) {
            seen[place / Long.SIZE] |= bit;
            streams++;
        }
    }

    /** Whether batches of them are worth writing. */
    boolean areEnough() {
        return trades >= MOST || trades >= (long) perStream * streams;
    }

    void clear() {
        trades = 0;
        if (streams > 0) {
            streams = 0;
            Arrays.fill(seen, 0);
        }
    }
}

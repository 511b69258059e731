package io.massivepipeline.job.analytics;

import java.util.Arrays;
import java.util.List;

/**
 * How many trades there were in some seconds of event time, the earliest first.
 *
 * @param ends the ends of the seconds, ascending
 * @param trades as many numbers, those of the trades
 */
public record SecondCounts(long[] ends, long[] trades) {

    /** Of no second. */
    public static final SecondCounts NONE = new SecondCounts(new long[0], new long[0]);

    /** Of one second. */
    static SecondCounts of(long end, long trades) {
        return new SecondCounts(new long[] {end}, new long[] {trades});
    }

    /** Of the seconds of some windows, the earliest first. */
    static SecondCounts of(List<OneSecondWindow> windows) {
        long[] ends = new long[windows.size()];
        long[] trades = new long[ends.length];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = windows.get(i).end();
            trades[i] = windows.get(i).sums().trades();
        }
        return new SecondCounts(ends, trades);
    }

    /** Both together. */
    SecondCounts plus(SecondCounts other) {
        if (ends.length == 0 || other.ends.length == 0) {
            return ends.length == 0 ? other : this;
        }
        long[] mergedEnds = new long[ends.length + other.ends.length];
        long[] mergedTrades = new long[mergedEnds.length];
        int mine = 0;
        int others = 0;
        int size = 0;
        while (mine < ends.length || others < other.ends.length) {
            long end = Math.min(endAt(mine), other.endAt(others));
            mergedEnds[size] = end;
            if (endAt(mine) == end) {
                mergedTrades[size] += trades[mine++];
            }
            if (other.endAt(others) == end) {
                mergedTrades[size] += other.trades[others++];
            }
            size++;
        }
        return new SecondCounts(Arrays.copyOf(mergedEnds, size), Arrays.copyOf(mergedTrades, size));
    }

    private long endAt(int place) {
        return place < ends.length ? ends[place] : Long.MAX_VALUE;
    }

    /** Those that end after an instant. */
    SecondCounts after(long instant) {
        return range(placeAfter(instant), ends.length);
    }

    private int placeAfter(long instant) {
        int found = Arrays.binarySearch(ends, instant);
        return found < 0 ? -found - 1 : found + 1;
    }

    /**
     * Those from one place to before another.
     *
     * @param from a place, the first second has 0
     */
    SecondCounts range(int from, int to) {
        return from == 0 && to == ends.length
                ? this
                : new SecondCounts(
                        Arrays.copyOfRange(ends, from, to), Arrays.copyOfRange(trades, from, to));
    }

    int size() {
        return ends.length;
    }

    /** The end of the second at a place. */
    long end(int place) {
        return ends[place];
    }

    boolean isEmpty() {
        return ends.length == 0;
    }

    /** The most trades that any of the seconds has. */
    long best() {
        return Arrays.stream(trades).max().orElse(0);
    }

    /**
     * The rates of the seconds up to the last completed one.
     *
     * @param completed its end
     */
    Rates rates(long completed, long bestSecond) {
        return new Rates(
                sum(completed - EventSeconds.LENGTH, completed),
                sum(completed - 10 * EventSeconds.LENGTH, completed),
                sum(completed - EventSeconds.MINUTE, completed),
                bestSecond);
    }

    private long sum(long after, long until) {
        long sum = 0;
        for (int i = placeAfter(after); i < ends.length && ends[i] <= until; i++) {
            sum += trades[i];
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecondCounts that
                && Arrays.equals(ends, that.ends)
                && Arrays.equals(trades, that.trades);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(ends) + Arrays.hashCode(trades);
    }

    @Override
    public String toString() {
        return "SecondCounts[" + Arrays.toString(ends) + ", " + Arrays.toString(trades) + "]";
    }
}

package io.massivepipeline.job.context;

import java.util.TreeMap;

/** The distances between strikes. */
final class StrikeSteps {

    private StrikeSteps() {}

    /**
     * The most frequent distance, the smallest of several; 0 if there is none.
     *
     * @param strikes distinct ones, ascending
     */
    static long mostFrequent(long[] strikes) {
        TreeMap<Long, Integer> frequencies = new TreeMap<>();
        for (int i = 1; i < strikes.length; i++) {
            frequencies.merge(strikes[i] - strikes[i - 1], 1, Integer::sum);
        }
        long step = 0;
        int most = 0;
        for (var distance : frequencies.entrySet()) {
            if (distance.getValue() > most) {
                most = distance.getValue();
                step = distance.getKey();
            }
        }
        return step;
    }
}

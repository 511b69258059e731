package io.massivepipeline.job.snapshot;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DueKeysTest {

    private static final int NEAR = 20251222;
    private static final int FAR = 20260116;

    @Test
    void theNearestExpiryAndThenTheLargestChangeGoesFirst() {
        DueKeys due = new DueKeys(1000);
        due.add("far", FAR, 90, 1);
        due.add("near", NEAR, 5, 1);
        due.add("nearer", NEAR, 6, 1);

        assertThat(due.next()).isEqualTo("nearer");
        due.remove("nearer");
        assertThat(due.next()).isEqualTo("near");
        due.remove("near");
        assertThat(due.next()).isEqualTo("far");
    }

    @Test
    void aChangeThatGrowsCountsAndTheCutsComeTogether() {
        DueKeys due = new DueKeys(1000);
        due.add("a", NEAR, 5, 1);
        due.add("b", NEAR, 4, 1);
        due.add("b", NEAR, 7, 2);

        assertThat(due.next()).isEqualTo("b");
        assertThat(due.remove("b")).isEqualTo(3);
        assertThat(due.contains("b")).isFalse();
        assertThat(due.size()).isEqualTo(1);
    }

    @Test
    void nobodyWaitsLongerThanForAllOthersAndThreeSeconds() {
        for (int keys : new int[] {1, 10, 100, 3000}) {
            // Given keys of which a few near ones are due again as soon as they were served
            double rate = 100;
            DueKeys due = new DueKeys(rate);
            long[] since = new long[keys];
            for (int i = 0; i < keys; i++) {
                due.add(Integer.toString(i), i < 20 ? NEAR : FAR + i, i, 1);
            }

            // When tokens are handed out for a while
            double longest = 0;
            for (long token = 1; token < 20 * keys + 2000; token++) {
                String key = due.next();
                due.remove(key);
                int number = Integer.parseInt(key);
                longest = Math.max(longest, (token - since[number]) / rate);
                since[number] = token;
                due.add(key, number < 20 ? NEAR : FAR + number, number, 1);
            }

            // Then everybody had theirs in time
            assertThat(longest).as("%d keys", keys).isLessThanOrEqualTo(3.1 + keys / rate);
        }
    }
}

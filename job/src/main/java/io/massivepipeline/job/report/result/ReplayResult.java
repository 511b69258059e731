package io.massivepipeline.job.report.result;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a replay wrote, as it was read back from Redis, and how long it took.
 *
 * @param expiries by entries, most first
 * @param totals the whole job's counters by the names of the contract
 * @param bursts the largest, largest first
 * @param active what traded most at the end, most first
 * @param took from the first frame read to the last write acknowledged
 */
public record ReplayResult(
        List<ExpiryResult> expiries,
        Map<String, String> totals,
        List<Burst> bursts,
        List<ActiveContract> active,
        Duration took) {

    /** A counter of the whole job, 0 if it did not occur. */
    public long total(String name) {
        return Long.parseLong(totals.getOrDefault(name, "0"));
    }

    /** Never 0, so that a rate can be built on it. */
    public double seconds() {
        return Math.max(0.001, took.toNanos() / 1e9);
    }
}

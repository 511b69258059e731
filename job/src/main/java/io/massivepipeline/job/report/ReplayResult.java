package io.massivepipeline.job.report;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a replay wrote, as it was read back from Redis, and how long it took.
 *
 * @param streams by entries, most first
 * @param totals the whole job's counters by the names of the contract
 * @param took from the first frame read to the last write acknowledged
 */
public record ReplayResult(List<StreamRow> streams, Map<String, String> totals, Duration took) {

    long total(String name) {
        return Long.parseLong(totals.getOrDefault(name, "0"));
    }
}

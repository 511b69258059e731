package io.massivepipeline.job.report.result;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;

/**
 * What a page has room for beyond {@link ReplayResult}.
 *
 * @param timeline of the expiries that were read
 * @param expiriesRead how many, those with most trades
 * @param bursts the largest of them, largest first
 * @param active what traded most at the end, most first
 * @param snapshots as they stand, by underlying and expiry
 * @param snapshotsLeftOut how many more there are
 */
public record ReplayDetails(
        Timeline timeline,
        int expiriesRead,
        List<Burst> bursts,
        List<ActiveContract> active,
        List<JsonNode> snapshots,
        int snapshotsLeftOut) {}

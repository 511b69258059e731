package io.massivepipeline.job.report.page;

import io.massivepipeline.job.report.result.ActiveContract;
import io.massivepipeline.job.report.result.Burst;
import io.massivepipeline.job.report.result.ExpiryResult;
import io.massivepipeline.job.report.result.ReplayDetails;
import io.massivepipeline.job.report.result.ReplayResult;
import io.massivepipeline.job.report.result.Timeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.util.List;
import java.util.Map;

/** What the page's script works with; the names are those that it uses. */
record PageData(
        String redis,
        double seconds,
        Map<String, String> totals,
        int expiryCount,
        List<ExpiryResult> expiries,
        Timeline timeline,
        int expiriesRead,
        List<Burst> bursts,
        List<ActiveContract> active,
        List<JsonNode> snapshots,
        int snapshotsLeftOut) {

    private static final int EXPIRIES = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    static PageData of(ReplayResult result, ReplayDetails details, String redis) {
        List<ExpiryResult> expiries = result.expiries();
        return new PageData(
                redis,
                result.seconds(),
                result.totals(),
                expiries.size(),
                expiries.subList(0, Math.min(EXPIRIES, expiries.size())),
                details.timeline(),
                details.expiriesRead(),
                details.bursts(),
                details.active(),
                details.snapshots(),
                details.snapshotsLeftOut());
    }

    /** As JSON that can stand in a script element: nothing in it can end that. */
    String json() throws JsonProcessingException {
        return JSON.writeValueAsString(this).replace("<", "\\u003c");
    }
}

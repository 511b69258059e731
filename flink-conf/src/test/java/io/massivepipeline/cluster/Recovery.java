package io.massivepipeline.cluster;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the time went between the death of a process and the next trade in Redis: when each step
 * was done, in milliseconds since the death.
 *
 * <p>What Flink says of the last time that a job was restarted, so to be asked when it runs again.
 *
 * @param steps by name, in their order
 */
record Recovery(Map<String, Long> steps) {

    private static final String NOTICED = "noticed";
    private static final String NEXT_TRADE = "next trade in Redis";

    /**
     * @param killedAt when the process died, in Unix milliseconds
     * @param tradeAt when the next trade was seen
     */
    static Recovery of(LocalCluster cluster, String job, long killedAt, long tradeAt)
            throws IOException, InterruptedException {
        JsonNode details = cluster.json("/jobs/" + job);
        JsonNode states = details.path("timestamps");
        Map<String, Long> steps = new LinkedHashMap<>();
        steps.put(NOTICED, states.path("RESTARTING").asLong() - killedAt);
        steps.put("cancelled and backed off", states.path("RUNNING").asLong() - killedAt);
        for (String state : new String[] {"DEPLOYING", "INITIALIZING", "RUNNING"}) {
            long last = 0;
            for (JsonNode vertex : details.path("vertices")) {
                String tasks = "/jobs/" + job + "/vertices/" + vertex.path("id").asText();
                for (JsonNode task : cluster.json(tasks + "/subtasktimes").path("subtasks")) {
                    last = Math.max(last, task.path("timestamps").path(state).asLong());
                }
            }
            steps.put("all tasks " + state, last - killedAt);
        }
        steps.put(NEXT_TRADE, tradeAt - killedAt);
        return new Recovery(steps);
    }

    /** How long it took until Flink knew. */
    Duration noticed() {
        return Duration.ofMillis(steps.get(NOTICED));
    }

    /** How long all of it took. */
    Duration all() {
        return Duration.ofMillis(steps.get(NEXT_TRADE));
    }
}

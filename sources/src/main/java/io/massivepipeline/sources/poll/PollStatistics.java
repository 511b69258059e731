package io.massivepipeline.sources.poll;

import java.util.Objects;

/**
 * How a poller fares, after each of its rounds. Counted from the first start of the job's state; of
 * a round that a failure cut short, nothing counts.
 *
 * @param kind whose they are
 * @param runs rounds, failed ones included
 * @param errors answers that did not come, were dropped, or were an error about one symbol
 * @param pages answers to requests that could be read
 * @param contracts of the newest chains together; for spot, prices of the newest answer
 * @param latencyLastMs how long the last round took
 * @param latencyP99Ms how long rounds take, 99th percentile since the start of its task
 * @param lastTs when the newest good answer came, Unix milliseconds; 0 if none did
 * @param rateLimited requests that the provider refused because there were too many
 */
public record PollStatistics(
        PollKind kind,
        long runs,
        long errors,
        long pages,
        long contracts,
        long latencyLastMs,
        long latencyP99Ms,
        long lastTs,
        long rateLimited) {

    public PollStatistics {
        Objects.requireNonNull(kind, "kind");
    }
}

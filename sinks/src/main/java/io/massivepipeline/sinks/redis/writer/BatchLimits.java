package io.massivepipeline.sinks.redis.writer;

import java.io.Serializable;
import java.time.Duration;

/**
 * How writes are batched and how many are held.
 *
 * @param inFlight batches on their way at once; no key is in two of them
 * @param batchEntries entries that make a batch full
 * @param batchBytes bytes that make a batch full
 * @param callEntries entries in one call of the script, which the server cannot be interrupted in
 * @param bufferedEntries entries held before the sink blocks
 * @param bufferedBytes bytes held before the sink blocks
 * @param linger how long an entry waits for company while nothing is on its way
 */
public record BatchLimits(
        int inFlight,
        int batchEntries,
        long batchBytes,
        int callEntries,
        int bufferedEntries,
        long bufferedBytes,
        Duration linger)
        implements Serializable {

    public static final BatchLimits DEFAULT =
            new BatchLimits(2, 4_000, 4L << 20, 500, 40_000, 64L << 20, Duration.ofMillis(5));

    public BatchLimits {
        if (inFlight < 1
                || batchEntries < 1
                || batchBytes < 1
                || callEntries < 1
                || bufferedBytes < 1
                || linger.toMillis() < 1) {
            throw new IllegalArgumentException("Limits of batches begin at 1.");
        }
        if (bufferedEntries <= batchEntries) {
            throw new IllegalArgumentException(
                    "The buffer must hold more than a batch: %d entries, a batch has %d"
                            .formatted(bufferedEntries, batchEntries));
        }
    }
}

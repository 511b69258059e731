package io.massivepipeline.sources.live.journal;

import java.io.Serializable;
import java.time.Duration;

/**
 * Where a journal lies and how much it may take.
 *
 * @param folder on the machine that receives; on a cluster one that outlives a TaskManager
 * @param maxBytes on disk; beyond it the oldest entries are given up
 * @param segmentBytes size from which on a new file is begun
 * @param memoryBytes of newest entries in memory
 * @param lockPatience how long to wait for another to leave the folder
 */
public record JournalSettings(
        String folder, long maxBytes, long segmentBytes, long memoryBytes, Duration lockPatience)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Files of 64 MB, or an eighth of the whole if that is less, and 32 MB of memory. */
    public static JournalSettings of(String folder, long maxBytes) {
        return new JournalSettings(
                folder,
                maxBytes,
                Math.min(64L << 20, maxBytes / 8),
                32L << 20,
                Duration.ofSeconds(10));
    }
}

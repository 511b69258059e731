package io.massivepipeline.sources.live.journal;

/**
 * How a journal fares.
 *
 * @param frames frames and ticks on disk
 * @param bytes on disk
 * @param givenUp frames and ticks that were removed before a checkpoint covered them
 * @param failures writes that failed
 * @param writable whether entries are on disk at present; if not they are in memory only
 */
public record JournalStats(
        long frames, long bytes, long givenUp, long failures, boolean writable) {}

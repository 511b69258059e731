/**
 * The feed on disk: what the socket delivered, in segments, so that it survives the process and
 * that a slow job reads behind instead of slowing the socket down. Knows neither Flink nor the
 * protocol.
 *
 * <p>A folder holds a lock file, the position up to which everything is {@code covered} by
 * completed checkpoints, and segments named by their first position and attempt. A segment is a
 * {@link io.massivepipeline.sources.live.journal.SegmentHeader header} and records of {@link
 * io.massivepipeline.sources.live.journal.RecordFormat this form}. Records are written to the
 * operating system before they are handed on, so they survive the process; a power failure may take
 * what the operating system had not yet put on the disk.
 */
package io.massivepipeline.sources.live.journal;

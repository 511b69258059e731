package io.massivepipeline.job.structure;

import io.massivepipeline.sources.wire.LatenessState;

/**
 * What the parse step knows at a checkpoint.
 *
 * @param lateness its clock
 * @param counts what it has read
 */
public record ParseState(LatenessState lateness, FeedCounts counts) {}

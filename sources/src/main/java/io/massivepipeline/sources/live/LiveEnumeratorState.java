package io.massivepipeline.sources.live;

import java.util.Optional;

/**
 * What the enumerator knows.
 *
 * @param unassigned the split, as long as no reader has it
 */
public record LiveEnumeratorState(Optional<LiveSplit> unassigned) {}

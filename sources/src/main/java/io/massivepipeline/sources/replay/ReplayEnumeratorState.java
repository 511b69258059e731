package io.massivepipeline.sources.replay;

import java.util.Optional;

/**
 * What the enumerator knows.
 *
 * @param unassigned the split, as long as no reader has it
 */
public record ReplayEnumeratorState(Optional<ReplaySplit> unassigned) {}

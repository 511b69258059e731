package io.massivepipeline.job.context;

import io.massivepipeline.job.structure.StreamKey;

/**
 * Says beside the trades of a stream that its context changes: a broadcast can neither set timers
 * nor create keys.
 *
 * @param at context time of the {@link ContextUpdate}, Unix milliseconds
 */
public record ContextChanged(StreamKey stream, long at) {}

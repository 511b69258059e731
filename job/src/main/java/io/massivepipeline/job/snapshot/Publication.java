package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.structure.StreamKey;

/**
 * A cut that is to be written. Immutable for whoever gets it.
 *
 * @param version which is also the instant of the cut, Unix milliseconds
 * @param publishedAt wall clock, Unix milliseconds
 * @param rows how many the value has
 * @param value the whole state, JSON in UTF-8
 * @param diff what changed since the publication before, JSON in UTF-8
 */
public record Publication(
        StreamKey stream, long version, long publishedAt, int rows, byte[] value, byte[] diff) {}

package io.massivepipeline.job.analytics;

import io.massivepipeline.job.structure.StreamKey;

import java.util.List;

/**
 * One-second windows of an underlying and expiry that were closed together, in a fast replay some
 * dozens. Whoever receives it leaves the list as it is.
 *
 * @param windows the earliest first, at least one
 */
public record ClosedWindows(StreamKey stream, List<OneSecondWindow> windows) {}

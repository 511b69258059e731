package io.massivepipeline.job.analytics;

import io.massivepipeline.job.structure.StreamKey;

/** Where an underlying and expiry stands: absolute values, that replace those before. */
public record ExpiryAnalytics(StreamKey stream, DayAnalytics day) {}

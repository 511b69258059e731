package io.massivepipeline.job.analytics;

/** Where an underlying stands: absolute values, that replace those before. */
public record UnderlyingAnalytics(String underlying, DayAnalytics day) {}

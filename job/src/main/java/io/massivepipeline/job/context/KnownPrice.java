package io.massivepipeline.job.context;

/**
 * A price as it was last told.
 *
 * @param spot since its value or its volume changed
 * @param seenAt when an answer last had it, context time
 */
public record KnownPrice(Spot spot, long seenAt) {}

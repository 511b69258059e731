package io.massivepipeline.job.context;

import io.massivepipeline.sources.poll.spot.SpotPrice;

/**
 * The price of an underlying from a moment on.
 *
 * @param at context time from which it holds: when it was polled, Unix milliseconds
 */
public record Spot(long at, SpotPrice price) {}

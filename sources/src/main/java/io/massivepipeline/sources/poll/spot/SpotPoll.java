package io.massivepipeline.sources.poll.spot;

import java.util.List;

/**
 * The answer to one request for all symbols; those that the provider could not tell are not in it.
 *
 * @param polledAt when the answer came, Unix milliseconds
 */
public record SpotPoll(long polledAt, List<SpotPrice> prices) {}

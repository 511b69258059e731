package io.massivepipeline.job.context;

import io.massivepipeline.sources.poll.chain.ChainPoll;

/**
 * The newest chain of an underlying.
 *
 * @param seenAt when it came, context time
 */
public record KnownChain(ChainPoll chain, long seenAt) {}

package io.massivepipeline.job.subscription;

import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.sources.trade.OptionContract;

import java.util.List;

/**
 * The parameters of an underlying and expiry as they stand in Redis.
 *
 * @param tradeDate on which it was last selected, as a number
 * @param contracts that are selected
 */
record Params(StreamKey stream, int tradeDate, List<OptionContract> contracts) {}

package io.massivepipeline.job.structure;

import io.massivepipeline.sources.trade.OptionTrade;
import io.massivepipeline.sources.wire.DeadLetterReason;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

import java.util.EnumMap;
import java.util.Map;

/**
 * What the parse step measures: {@code trades}; {@code deadLetters.reason.<reason>.count}; {@code
 * outOfOrderMs}, by how many milliseconds those trades that arrive behind a newer one are behind
 * it, by which a user chooses {@code order.delay}.
 */
final class ParseMetrics {

    private static final int HISTOGRAM_WINDOW = 10_000;

    private final Counter trades;
    private final Counter outOfOrder;
    private final Histogram outOfOrderMs;
    private final Map<DeadLetterReason, Counter> deadLetters =
            new EnumMap<>(DeadLetterReason.class);

    ParseMetrics(MetricGroup group) {
        trades = group.counter("trades");
        outOfOrder = group.counter("tradesOutOfOrder");
        outOfOrderMs =
                group.histogram(
                        "outOfOrderMs", new DescriptiveStatisticsHistogram(HISTOGRAM_WINDOW));
        MetricGroup letters = group.addGroup("deadLetters");
        for (DeadLetterReason reason : DeadLetterReason.values()) {
            deadLetters.put(reason, letters.addGroup("reason", reason.text()).counter("count"));
        }
    }

    void trade(OptionTrade trade) {
        trades.inc();
        long behind = trade.newestAtJudgement() - trade.timestamp();
        if (behind > 0) {
            outOfOrder.inc();
            outOfOrderMs.update(behind);
        }
    }

    void deadLetter(DeadLetterReason reason) {
        deadLetters.get(reason).inc();
    }
}

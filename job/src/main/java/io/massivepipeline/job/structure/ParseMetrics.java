package io.massivepipeline.job.structure;

import io.massivepipeline.sources.feed.RawFrame;
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
 * it, by which a user chooses {@code order.delay}; {@code receptionLagMs}, how old the last trade
 * of a frame was when the frame was received, by the provider's clock and ours.
 */
final class ParseMetrics {

    private static final int HISTOGRAM_WINDOW = 10_000;
    private static final long NONE = Long.MIN_VALUE;

    private final Counter trades;
    private final Counter outOfOrder;
    private final Histogram outOfOrderMs;
    private final Histogram receptionLagMs;
    private final Map<DeadLetterReason, Counter> deadLetters =
            new EnumMap<>(DeadLetterReason.class);
    private long lastOfFrame = NONE;

    ParseMetrics(MetricGroup group) {
        trades = group.counter("trades");
        outOfOrder = group.counter("tradesOutOfOrder");
        outOfOrderMs =
                group.histogram(
                        "outOfOrderMs", new DescriptiveStatisticsHistogram(HISTOGRAM_WINDOW));
        receptionLagMs =
                group.histogram(
                        "receptionLagMs", new DescriptiveStatisticsHistogram(HISTOGRAM_WINDOW));
        MetricGroup letters = group.addGroup("deadLetters");
        for (DeadLetterReason reason : DeadLetterReason.values()) {
            deadLetters.put(reason, letters.addGroup("reason", reason.text()).counter("count"));
        }
    }

    void trade(OptionTrade trade) {
        trades.inc();
        lastOfFrame = trade.timestamp();
        long behind = trade.newestAtJudgement() - trade.timestamp();
        if (behind > 0) {
            outOfOrder.inc();
            outOfOrderMs.update(behind);
        }
    }

    /** The frame whose trades were told is read. */
    void frame(RawFrame frame) {
        if (lastOfFrame != NONE && frame.hasReceptionTime()) {
            receptionLagMs.update(frame.receivedAt() - lastOfFrame);
        }
        lastOfFrame = NONE;
    }

    void deadLetter(DeadLetterReason reason) {
        deadLetters.get(reason).inc();
    }
}

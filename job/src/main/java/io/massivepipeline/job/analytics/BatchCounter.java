package io.massivepipeline.job.analytics;

import io.massivepipeline.job.options.UnderlyingFilter;
import io.massivepipeline.job.structure.IdentifiedTrade;
import io.massivepipeline.job.structure.TradeBatch;
import io.massivepipeline.sources.trade.OptionTrade;
import io.massivepipeline.sources.trade.TradeReport;

/** Counts what is in a batch; bursts and seconds come from the windows. */
final class BatchCounter {

    private final UnderlyingFilter withStream;

    /**
     * @param withStream the underlyings whose trades are written to streams
     */
    BatchCounter(UnderlyingFilter withStream) {
        this.withStream = withStream;
    }

    /** The counts of one batch. */
    TradeCounts count(TradeBatch batch) {
        long late = 0;
        long cancels = 0;
        long lateReports = 0;
        long volume = 0;
        long last = 0;
        for (IdentifiedTrade identified : batch.trades()) {
            OptionTrade trade = identified.trade();
            last = Math.max(last, trade.timestamp());
            late += trade.late() ? 1 : 0;
            cancels += trade.report() == TradeReport.CANCEL ? 1 : 0;
            lateReports += trade.report() == TradeReport.LATE ? 1 : 0;
            volume += trade.report() == TradeReport.REGULAR ? trade.size() : 0;
        }
        boolean newStream = batch.first() && withStream.accepts(batch.stream().underlying());
        return new TradeCounts(
                batch.duplicates(),
                late,
                cancels,
                lateReports,
                volume,
                0,
                0,
                newStream ? 1 : 0,
                last);
    }
}

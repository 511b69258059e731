package io.massivepipeline.job.snapshot;

import io.massivepipeline.job.options.UnderlyingFilter;
import io.massivepipeline.job.structure.IdentifiedTrade;
import io.massivepipeline.job.structure.TradeBatch;
import io.massivepipeline.sources.trade.OptionContract;
import io.massivepipeline.sources.trade.OptionTrade;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Says to which cut each trade of an underlying with snapshots belongs, and adds up what belongs
 * together; chained to the ordering, so that few numbers leave its task.
 *
 * <p>An on-time trade belongs to the first cut after it. A late one belongs to the first cut after
 * the newest time that was known when it was judged; but a cut that was over by then, because ticks
 * moved event time on in a silence, has been taken and is not opened again, so the trade belongs to
 * the first one that was not. The watermark that a late trade meets here is the one that the parser
 * says before each late trade, whenever it says others, so all of this is a function of the feed.
 * It is part of the state, because a restart begins without one; that is why this is an operator
 * and not a function.
 */
public final class AggregateCuts extends AbstractStreamOperator<CutBatch>
        implements OneInputStreamOperator<TradeBatch, CutBatch> {

    private static final long serialVersionUID = 1L;

    private final UnderlyingFilter underlyings;
    private final CutGrid grid;

    private transient ListState<Long> watermarks;
    private transient long watermark;

    /**
     * @param underlyings which have snapshots
     * @param interval of cuts, event time
     */
    public AggregateCuts(UnderlyingFilter underlyings, Duration interval) {
        this.underlyings = underlyings;
        this.grid = new CutGrid(interval.toMillis());
    }

    /** All subtasks have seen the same watermarks of the one parser before a barrier. */
    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        watermarks = context.getOperatorStateStore().getUnionListState(SnapshotState.watermark());
        watermark = SnapshotState.newest(watermarks.get());
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        watermarks.update(List.of(watermark));
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (mark.getTimestamp() != Long.MAX_VALUE) {
            watermark = Math.max(watermark, mark.getTimestamp());
        }
        super.processWatermark(mark);
    }

    @Override
    public void processElement(StreamRecord<TradeBatch> element) {
        TradeBatch batch = element.getValue();
        if (batch.trades().isEmpty() || !underlyings.accepts(batch.stream().underlying())) {
            return;
        }
        List<IdentifiedTrade> trades = batch.trades();
        // With many expiries, most batches of a live feed are of one trade.
        List<CutTrades> cuts = trades.size() == 1 ? cutOfOne(trades.get(0)) : cutsOf(trades);
        output.collect(new StreamRecord<>(new CutBatch(batch.stream(), cuts)));
    }

    private List<CutTrades> cutOfOne(IdentifiedTrade trade) {
        return List.of(new CutTrades(cutOf(trade.trade()), List.of(ContractTrades.of(trade))));
    }

    private List<CutTrades> cutsOf(List<IdentifiedTrade> trades) {
        TreeMap<Long, CutCollector> cuts = new TreeMap<>();
        for (IdentifiedTrade trade : trades) {
            cuts.computeIfAbsent(cutOf(trade.trade()), cut -> new CutCollector()).add(trade);
        }
        List<CutTrades> all = new ArrayList<>(cuts.size());
        cuts.forEach((cut, contracts) -> all.add(new CutTrades(cut, contracts.groups)));
        return all;
    }

    private long cutOf(OptionTrade trade) {
        if (!trade.late()) {
            return grid.after(trade.timestamp());
        }
        long over = watermark == Long.MIN_VALUE ? watermark : grid.newestOver(watermark);
        return grid.after(Math.max(trade.newestAtJudgement(), over));
    }

    /** The trades of one cut by contract, in the order in which these began to trade in it. */
    private static final class CutCollector {

        private final List<ContractTrades> groups = new ArrayList<>();
        private final Map<OptionContract, ContractTrades> open = new HashMap<>();

        void add(IdentifiedTrade identified) {
            OptionTrade trade = identified.trade();
            ContractTrades group = open.get(trade.contract());
            if (group != null && group.takes(trade)) {
                group.add(identified);
            } else {
                group = ContractTrades.of(identified);
                open.put(trade.contract(), group);
                groups.add(group);
            }
        }
    }
}

package io.massivepipeline.job.context;

import io.massivepipeline.sources.poll.ContextAnswer;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

import java.util.List;
import java.util.Set;

/**
 * Answers of the pollers to what is broadcast of them: prices, and of each expiry the listed
 * contracts around the money. The one place where all answers meet; it runs once.
 */
public final class SelectContext extends ProcessFunction<ContextAnswer, ContextUpdate>
        implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    /** Prices of which value or volume changed. */
    public static final OutputTag<Spot> SPOTS =
            new OutputTag<>("spots") {
                private static final long serialVersionUID = 1L;
            };

    /** What is selected, as it is to be published. */
    public static final OutputTag<ChainSelection> SELECTIONS =
            new OutputTag<>("selections") {
                private static final long serialVersionUID = 1L;
            };

    private final Set<String> underlyings;
    private final int expirations;
    private final double rangeMultiplier;

    private transient ContextSelection selection;
    private transient ListState<SelectionState> state;

    /**
     * @param underlyings those that have chains
     * @param expirations how many of the first listed expiries are selected
     * @param rangeMultiplier how many standard deviations wide a half of the strike window is
     */
    public SelectContext(Set<String> underlyings, int expirations, double rangeMultiplier) {
        this.underlyings = Set.copyOf(underlyings);
        this.expirations = expirations;
        this.rangeMultiplier = rangeMultiplier;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        state = context.getOperatorStateStore().getListState(ContextState.selection());
        SelectionState known = SelectionState.NONE;
        for (SelectionState restored : state.get()) {
            known = restored;
        }
        selection = new ContextSelection(underlyings, expirations, rangeMultiplier, known);
    }

    @Override
    public void processElement(
            ContextAnswer answer, Context context, Collector<ContextUpdate> updates) {
        SelectionStep step = selection.take(answer);
        for (ContextUpdate update : step.updates()) {
            updates.collect(update);
            if (update.spot() != null) {
                context.output(SPOTS, update.spot());
            }
        }
        step.selections().forEach(chain -> context.output(SELECTIONS, chain));
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        state.update(List.of(selection.state()));
    }
}

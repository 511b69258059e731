package io.massivepipeline.job.context;

import io.massivepipeline.job.structure.StreamKey;

import org.apache.flink.api.common.state.ReadOnlyBroadcastState;

import java.util.List;

/**
 * What stood when: a cut at T sees the newest price and selection at or before T, in a replay as in
 * the live run. {@link ContextKeeper} says how far back that reaches.
 */
public final class ContextVersions {

    private final ReadOnlyBroadcastState<String, List<Spot>> spots;
    private final ReadOnlyBroadcastState<String, List<ChainContext>> chains;

    /**
     * @param spots state of {@link ContextState#spots()}
     * @param chains state of {@link ContextState#chains()}
     */
    public ContextVersions(
            ReadOnlyBroadcastState<String, List<Spot>> spots,
            ReadOnlyBroadcastState<String, List<ChainContext>> chains) {
        this.spots = spots;
        this.chains = chains;
    }

    /**
     * The newest price at or before a time; null if there was none.
     *
     * @param symbol without the provider's prefix
     * @param time Unix milliseconds
     */
    public Spot spot(String symbol, long time) throws Exception {
        return Timeline.of(spots.get(symbol), Spot::at).at(time);
    }

    /**
     * The newest selection at or before a time; null if there was none.
     *
     * @param time Unix milliseconds
     */
    public ChainContext chain(StreamKey stream, long time) throws Exception {
        return Timeline.of(chains.get(stream.text()), ChainContext::at).at(time);
    }
}

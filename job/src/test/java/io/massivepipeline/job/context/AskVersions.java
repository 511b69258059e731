package io.massivepipeline.job.context;

import io.massivepipeline.job.structure.StreamKey;

import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/** Says of times, beside what is broadcast, which price and strike at the money stood then. */
final class AskVersions
        extends KeyedBroadcastProcessFunction<String, AskVersions.Question, ContextUpdate, String> {

    private static final long serialVersionUID = 1L;

    /** What stood at a time of an underlying and expiry? */
    record Question(String stream, long at) {}

    @Override
    public void processElement(Question question, ReadOnlyContext context, Collector<String> out)
            throws Exception {
        StreamKey stream = StreamKey.parse(question.stream());
        ContextVersions versions =
                new ContextVersions(
                        context.getBroadcastState(ContextState.spots()),
                        context.getBroadcastState(ContextState.chains()));
        Spot spot = versions.spot(stream.underlying(), question.at());
        ChainContext chain = versions.chain(stream, question.at());
        out.collect(
                (spot == null ? "none" : spot.price().value())
                        + " "
                        + (chain == null ? "none" : chain.atm() / 1000));
    }

    @Override
    public void processBroadcastElement(
            ContextUpdate update, Context context, Collector<String> out) throws Exception {
        new ContextKeeper(
                        context.getBroadcastState(ContextState.spots()),
                        context.getBroadcastState(ContextState.chains()))
                .add(update, context.currentWatermark());
    }
}

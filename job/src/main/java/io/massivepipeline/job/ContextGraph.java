package io.massivepipeline.job;

import io.massivepipeline.job.context.ContextTypes;
import io.massivepipeline.job.context.ContextUpdate;
import io.massivepipeline.job.context.SelectContext;
import io.massivepipeline.job.context.SplitPolls;
import io.massivepipeline.job.options.PipelineSettings;
import io.massivepipeline.job.output.Outputs;
import io.massivepipeline.sources.feed.ContextLine;
import io.massivepipeline.sources.poll.ContextAnswer;
import io.massivepipeline.sources.poll.PollEvent;
import io.massivepipeline.sources.poll.capture.CaptureContext;
import io.massivepipeline.sources.poll.capture.ReadContext;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of the graph where spot meets chain: answers of the pollers, or captured ones, to what
 * is selected, broadcast and written of them. It is narrow: all its operators run once.
 */
final class ContextGraph {

    private final PipelineSettings settings;
    private final Outputs outputs;
    private final Exchange exchange;

    ContextGraph(PipelineSettings settings, Outputs outputs, Exchange exchange) {
        this.settings = settings;
        this.outputs = outputs;
        this.exchange = exchange;
    }

    /**
     * Builds it.
     *
     * @param captured lines of a replay; empty if polls are not
     * @return prices and selections in the order of their times; live it is idle, in a replay it
     *     has the feed's watermarks
     */
    DataStream<ContextUpdate> build(
            StreamExecutionEnvironment env, Polls polls, DataStream<ContextLine> captured) {
        SingleOutputStreamOperator<ContextUpdate> updates =
                select(polls.areNone() ? replayed(captured) : polled(env, polls));
        updates.getSideOutput(SelectContext.SPOTS)
                .sinkTo(outputs.spots())
                .name("Redis: spot prices")
                .uid(OperatorIds.SPOTS_SINK)
                .setDescription("Redis: spot prices: massive:model:spot:* and their trails")
                .setParallelism(1);
        updates.getSideOutput(SelectContext.SELECTIONS)
                .sinkTo(outputs.chains())
                .name("Redis: chains")
                .uid(OperatorIds.CHAINS_SINK)
                .setDescription("Redis: chains: massive:chain:*, massive:ws:params:*")
                .setParallelism(1);
        return updates;
    }

    private SingleOutputStreamOperator<ContextUpdate> select(DataStream<ContextAnswer> answers) {
        return exchange.before(
                answers.process(
                                new SelectContext(
                                        settings.context().underlyings(),
                                        settings.context().expirations(),
                                        settings.context().rangeMultiplier()),
                                ContextTypes.updates())
                        .name("Select context")
                        .uid(OperatorIds.SELECT_CONTEXT)
                        .setDescription(
                                "Select context: of each underlying the first expiries, of each"
                                        + " expiry the listed contracts around the money"));
    }

    private DataStream<ContextAnswer> replayed(DataStream<ContextLine> captured) {
        return exchange.before(
                captured.flatMap(new ReadContext())
                        .returns(ContextAnswer.class)
                        .name("Read context")
                        .uid(OperatorIds.READ_CONTEXT)
                        .setDescription(
                                "Read context: captured answers about spot prices and chains"));
    }

    private DataStream<ContextAnswer> polled(StreamExecutionEnvironment env, Polls polls) {
        List<DataStream<PollEvent>> events = new ArrayList<>();
        polls.spots()
                .map(
                        source ->
                                poll(env, source, "Spot prices")
                                        .uid(OperatorIds.SPOTS)
                                        .setDescription("Spot prices: all symbols in one request"))
                .ifPresent(events::add);
        polls.chains()
                .map(
                        source ->
                                poll(env, source, "Chains")
                                        .uid(OperatorIds.CHAINS)
                                        .setDescription(
                                                "Chains: listed contracts of each underlying"))
                .ifPresent(events::add);
        SingleOutputStreamOperator<ContextAnswer> answers =
                exchange.before(
                        events.stream()
                                .reduce(DataStream::union)
                                .orElseThrow()
                                .process(new SplitPolls(), TypeInformation.of(ContextAnswer.class))
                                .name("Split polls")
                                .uid(OperatorIds.SPLIT_POLLS)
                                .setDescription("Split polls: answers, and how the pollers fare"));
        answers.getSideOutput(SplitPolls.STATISTICS)
                .sinkTo(outputs.polls())
                .name("Redis: polls")
                .uid(OperatorIds.POLLS_SINK)
                .setDescription("Redis: polls: massive:spot:analytics, massive:chain:analytics")
                .setParallelism(1);
        return settings.live()
                .flatMap(live -> live.polls().capture())
                .<DataStream<ContextAnswer>>map(file -> captured(answers, file))
                .orElse(answers);
    }

    private DataStream<ContextAnswer> captured(DataStream<ContextAnswer> answers, Path file) {
        return exchange.before(
                answers.map(new CaptureContext(file.toString()))
                        .returns(ContextAnswer.class)
                        .name("Capture context")
                        .uid(OperatorIds.CAPTURE_CONTEXT)
                        .setDescription("Capture context: answers to a file, to be replayed"));
    }

    private SingleOutputStreamOperator<PollEvent> poll(
            StreamExecutionEnvironment env, Source<PollEvent, ?, ?> source, String name) {
        return exchange.before(
                env.fromSource(
                        source, WatermarkStrategy.noWatermarks(), name, ContextTypes.pollEvents()));
    }
}

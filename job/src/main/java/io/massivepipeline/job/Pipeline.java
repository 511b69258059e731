package io.massivepipeline.job;

import io.massivepipeline.job.analytics.JobCounts;
import io.massivepipeline.job.analytics.JobTotals;
import io.massivepipeline.job.context.ContextUpdate;
import io.massivepipeline.job.options.PipelineSettings;
import io.massivepipeline.job.output.Outputs;
import io.massivepipeline.job.structure.OrderTrades;
import io.massivepipeline.job.structure.ParseFrames;
import io.massivepipeline.job.structure.TradeBatch;
import io.massivepipeline.job.structure.WatermarkPace;
import io.massivepipeline.sources.feed.FeedEvent;
import io.massivepipeline.sources.trade.OptionTrade;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

import java.time.Duration;

/**
 * The graph, from frames to what is written: source, parse, order, count, sinks. It takes sources
 * and outputs as they come, live or replayed, Redis or a test's.
 */
public final class Pipeline {

    /** How long a subtask's sums and the parser's counts are held back. */
    private static final Duration COUNTING_INTERVAL = Duration.ofMillis(200);

    /** The contract: counters and samples are written at most once a second. */
    static final Duration WRITING_INTERVAL = Duration.ofSeconds(1);

    /**
     * The same for the figures of each expiry and underlying in a replay as fast as it goes: by the
     * next second event time has moved on by minutes, and ten thousand expiries are as much work as
     * the trades.
     */
    private static final Duration FAST_FIGURES_INTERVAL = Duration.ofSeconds(10);

    private final PipelineSettings settings;

    public Pipeline(PipelineSettings settings) {
        this.settings = settings;
    }

    /** Builds the graph. */
    void build(
            StreamExecutionEnvironment env,
            Source<FeedEvent, ?, ?> feed,
            Polls polls,
            Outputs outputs) {
        Exchange exchange = Exchange.in(env);
        SingleOutputStreamOperator<OptionTrade> trades =
                exchange.before(parse(exchange.before(read(env, feed))));
        writeSides(trades, outputs);
        SingleOutputStreamOperator<TradeBatch> ordered = order(exchange.byStream(trades));
        ordered.sinkTo(outputs.trades())
                .name("Redis: trade streams")
                .uid(OperatorIds.TRADES_SINK)
                .setDescription("massive:trades:*: each trade once, in the order of its id");
        DataStream<ContextUpdate> context =
                new ContextGraph(settings, outputs, exchange)
                        .build(env, polls, trades.getSideOutput(ParseFrames.CONTEXT));
        SnapshotGraph snapshots = new SnapshotGraph(settings, outputs);
        DataStream<JobCounts> cuts = snapshots.build(ordered, context);
        Duration figures = settings.isFastReplay() ? FAST_FIGURES_INTERVAL : WRITING_INTERVAL;
        DataStream<JobTotals> totals =
                new AnalyticsGraph(settings, figures, outputs)
                        .build(ordered, trades.getSideOutput(ParseFrames.COUNTS), cuts);
        snapshots.keepIndex(totals);
    }

    private SingleOutputStreamOperator<FeedEvent> read(
            StreamExecutionEnvironment env, Source<FeedEvent, ?, ?> feed) {
        return env.fromSource(
                        feed,
                        WatermarkStrategy.noWatermarks(),
                        "Feed",
                        TypeInformation.of(FeedEvent.class))
                .uid(OperatorIds.FEED)
                .setDescription("Feed: WebSocket frames as received, one connection or one file");
    }

    private SingleOutputStreamOperator<OptionTrade> parse(DataStream<FeedEvent> frames) {
        return frames.transform(
                        "Parse",
                        TypeInformation.of(OptionTrade.class),
                        new ParseFrames(
                                settings.orderDelay(),
                                settings.isFastReplay() ? WatermarkPace.FAST : WatermarkPace.PROMPT,
                                COUNTING_INTERVAL,
                                WRITING_INTERVAL))
                .uid(OperatorIds.PARSE)
                .setDescription(
                        "Parse: frames to trades; decides lateness in arrival order and sets the"
                                + " watermark");
    }

    private static void writeSides(
            SingleOutputStreamOperator<OptionTrade> trades, Outputs outputs) {
        side(trades, ParseFrames.DEAD_LETTERS)
                .sinkTo(outputs.deadLetters())
                .name("Redis: dead letters")
                .uid(OperatorIds.DEAD_LETTERS_SINK)
                .setDescription("massive:ws:deadletter: what could not be read, with the reason")
                .setParallelism(1);
        side(trades, ParseFrames.GAPS)
                .sinkTo(outputs.gaps())
                .name("Redis: gaps")
                .uid(OperatorIds.GAPS_SINK)
                .setDescription("massive:ws:gaps: when the live feed was not heard")
                .setParallelism(1);
        side(trades, ParseFrames.SAMPLES)
                .sinkTo(outputs.samples())
                .name("Redis: last frame")
                .uid(OperatorIds.SAMPLE_SINK)
                .setDescription("massive:ws:raw:last_sample: a frame a second, for eyes only")
                .setParallelism(1);
    }

    private static <T> DataStream<T> side(
            SingleOutputStreamOperator<OptionTrade> trades, OutputTag<T> tag) {
        return trades.getSideOutput(tag);
    }

    private SingleOutputStreamOperator<TradeBatch> order(KeyedStream<OptionTrade, String> trades) {
        return trades.transform(
                        "Order",
                        TypeInformation.of(TradeBatch.class),
                        new OrderTrades(settings.dedupHorizon()))
                .uid(OperatorIds.ORDER)
                .setDescription(
                        "Order: entry ids, repeats dropped, trades in order, per underlying and expiry");
    }
}

package io.massivepipeline.job;

import io.massivepipeline.job.analytics.AnalyseExpiries;
import io.massivepipeline.job.analytics.AnalyseUnderlyings;
import io.massivepipeline.job.analytics.ClosedWindows;
import io.massivepipeline.job.analytics.CountSeconds;
import io.massivepipeline.job.analytics.CountTrades;
import io.massivepipeline.job.analytics.ExpiryAnalytics;
import io.massivepipeline.job.analytics.JobCounts;
import io.massivepipeline.job.analytics.JobTotals;
import io.massivepipeline.job.analytics.SumTotals;
import io.massivepipeline.job.analytics.UnderlyingAnalytics;
import io.massivepipeline.job.analytics.UnderlyingSeconds;
import io.massivepipeline.job.options.PipelineSettings;
import io.massivepipeline.job.output.Outputs;
import io.massivepipeline.job.structure.FeedCounts;
import io.massivepipeline.job.structure.TradeBatch;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

import java.time.Duration;

/**
 * The part of the graph that counts: per expiry, chained to the ordering; per underlying and for
 * the job, where the sums of the subtasks meet.
 */
final class AnalyticsGraph {

    /** How long a subtask's sums are held back. */
    private static final Duration COUNTING_INTERVAL = Duration.ofMillis(200);

    private final PipelineSettings settings;
    private final Duration figuresInterval;
    private final Outputs outputs;

    /**
     * @param figuresInterval least time between two values of an expiry or underlying, processing
     *     time
     */
    AnalyticsGraph(PipelineSettings settings, Duration figuresInterval, Outputs outputs) {
        this.settings = settings;
        this.figuresInterval = figuresInterval;
        this.outputs = outputs;
    }

    /**
     * Builds it.
     *
     * @param ordered as it leaves the ordering, which is keyed by stream
     * @param feed what the feed held
     * @param snapshots what became of cuts
     * @return the whole job's counters, about once a second
     */
    DataStream<JobTotals> build(
            DataStream<TradeBatch> ordered,
            DataStream<FeedCounts> feed,
            DataStream<JobCounts> snapshots) {
        SingleOutputStreamOperator<ClosedWindows> windows = expiries(ordered);
        SingleOutputStreamOperator<UnderlyingSeconds> seconds = seconds(windows);
        underlyings(windows.getSideOutput(AnalyseExpiries.ANALYTICS), seconds);
        return totals(feed, ordered, seconds.getSideOutput(CountSeconds.COUNTS).union(snapshots));
    }

    private SingleOutputStreamOperator<ClosedWindows> expiries(DataStream<TradeBatch> ordered) {
        SingleOutputStreamOperator<ClosedWindows> windows =
                DataStreamUtils.reinterpretAsKeyedStream(ordered, batch -> batch.stream().text())
                        .transform(
                                "Analyse expiries",
                                TypeInformation.of(ClosedWindows.class),
                                new AnalyseExpiries(
                                        settings.snapshots().underlyings(), figuresInterval))
                        .uid(OperatorIds.ANALYSE_EXPIRIES)
                        .setDescription(
                                "Analyse expiries: one-second windows, sums of the trade date, rates");
        windows.sinkTo(outputs.windows())
                .name("Redis: windows")
                .uid(OperatorIds.WINDOWS_SINK)
                .setDescription("massive:ws:windows:*: each second with an on-time trade");
        windows.getSideOutput(AnalyseExpiries.ANALYTICS)
                .sinkTo(outputs.expiries())
                .name("Redis: expiries")
                .uid(OperatorIds.EXPIRIES_SINK)
                .setDescription("massive:ws:analytics:{U}:{E}");
        windows.getSideOutput(AnalyseExpiries.TOP)
                .sinkTo(outputs.top())
                .name("Redis: top contracts")
                .uid(OperatorIds.TOP_SINK)
                .setDescription("massive:ws:analytics:top:*");
        return SideTraffic.of(windows);
    }

    private static SingleOutputStreamOperator<UnderlyingSeconds> seconds(
            DataStream<ClosedWindows> windows) {
        SingleOutputStreamOperator<UnderlyingSeconds> seconds =
                windows.transform(
                                "Count seconds",
                                TypeInformation.of(UnderlyingSeconds.class),
                                new CountSeconds())
                        .uid(OperatorIds.COUNT_SECONDS)
                        .setDescription(
                                "Count seconds: the windows of this subtask by underlying and for the job");
        return SideTraffic.of(seconds);
    }

    private void underlyings(
            DataStream<ExpiryAnalytics> expiries, DataStream<UnderlyingSeconds> seconds) {
        expiries.connect(seconds)
                .keyBy(expiry -> expiry.stream().underlying(), UnderlyingSeconds::underlying)
                .transform(
                        "Analyse underlyings",
                        TypeInformation.of(UnderlyingAnalytics.class),
                        new AnalyseUnderlyings(figuresInterval))
                .uid(OperatorIds.ANALYSE_UNDERLYINGS)
                .setDescription("Analyse underlyings: sums over expiries, rates over their seconds")
                .sinkTo(outputs.underlyings())
                .name("Redis: underlyings")
                .uid(OperatorIds.UNDERLYINGS_SINK)
                .setDescription("massive:ws:analytics:{U}");
    }

    private DataStream<JobTotals> totals(
            DataStream<FeedCounts> feed,
            DataStream<TradeBatch> ordered,
            DataStream<JobCounts> others) {
        SingleOutputStreamOperator<JobCounts> trades =
                ordered.transform(
                                "Count trades",
                                TypeInformation.of(JobCounts.class),
                                new CountTrades(settings.trades().underlyings(), COUNTING_INTERVAL))
                        .uid(OperatorIds.COUNT_TRADES)
                        .setDescription("Count trades: sums of this subtask, a few a second");
        DataStream<JobTotals> totals =
                feed.connect(SideTraffic.of(trades).union(others))
                        .keyBy(absolute -> SumTotals.KEY, added -> SumTotals.KEY)
                        .transform(
                                "Job totals",
                                TypeInformation.of(JobTotals.class),
                                new SumTotals(Pipeline.WRITING_INTERVAL))
                        .uid(OperatorIds.SUM_TOTALS)
                        .setDescription(
                                "Job totals: the whole job's counters, at most once a second")
                        .setParallelism(1);
        totals.sinkTo(outputs.totals())
                .name("Redis: job totals")
                .uid(OperatorIds.TOTALS_SINK)
                .setDescription("massive:ws:analytics")
                .setParallelism(1);
        return totals;
    }
}

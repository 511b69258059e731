package io.massivepipeline.job;

import io.massivepipeline.job.analytics.JobCounts;
import io.massivepipeline.job.analytics.JobTotals;
import io.massivepipeline.job.context.ContextUpdate;
import io.massivepipeline.job.options.PipelineSettings;
import io.massivepipeline.job.options.SourceKind;
import io.massivepipeline.job.output.Outputs;
import io.massivepipeline.job.snapshot.AggregateCuts;
import io.massivepipeline.job.snapshot.CutBatch;
import io.massivepipeline.job.snapshot.Publication;
import io.massivepipeline.job.snapshot.TakeSnapshots;
import io.massivepipeline.job.structure.TradeBatch;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.transformations.SideOutputTransformation;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;

import java.util.concurrent.TimeUnit;

/**
 * The part of the graph that takes snapshots: trades pre-aggregated where they are ordered, context
 * broadcast to where cuts are taken.
 */
final class SnapshotGraph {

    /** A look takes milliseconds; this is for a Redis that does not answer. */
    private static final long LOOK_TIMEOUT_S = 30;

    private static final int LOOKS_AT_ONCE = 100;

    private final PipelineSettings settings;
    private final Outputs outputs;

    SnapshotGraph(PipelineSettings settings, Outputs outputs) {
        this.settings = settings;
        this.outputs = outputs;
    }

    /**
     * Builds it.
     *
     * @param ordered as it leaves the ordering, which is keyed by stream
     * @param context prices and chains in the order of their times; in a replay with the feed's
     *     watermarks, which gate the cuts, live idle
     * @return what became of the cuts
     */
    DataStream<JobCounts> build(DataStream<TradeBatch> ordered, DataStream<ContextUpdate> context) {
        SingleOutputStreamOperator<CutBatch> cuts =
                ordered.transform(
                                "Aggregate cuts",
                                TypeInformation.of(CutBatch.class),
                                new AggregateCuts(
                                        settings.snapshots().underlyings(),
                                        settings.snapshots().interval()))
                        .uid(OperatorIds.AGGREGATE_CUTS)
                        .setDescription("Aggregate cuts: what trades add to each cut, by contract");
        TwoInputTransformation<CutBatch, ContextUpdate, Publication> snapshots =
                snapshots(SideTraffic.of(cuts), context);
        new DataStream<>(ordered.getExecutionEnvironment(), snapshots)
                .sinkTo(outputs.snapshots())
                .name("Redis: snapshots")
                .uid(OperatorIds.SNAPSHOTS_SINK)
                .setDescription("massive:ws:snapshot:*: values, diffs, index");
        return new DataStream<>(
                ordered.getExecutionEnvironment(),
                new SideOutputTransformation<>(snapshots, TakeSnapshots.COUNTS));
    }

    /**
     * Takes out of the index what has expired.
     *
     * @param occasions something that comes about once a second as long as the job is not idle
     */
    void keepIndex(DataStream<JobTotals> occasions) {
        AsyncDataStream.unorderedWait(
                        occasions,
                        outputs.goneSnapshots(),
                        LOOK_TIMEOUT_S,
                        TimeUnit.SECONDS,
                        LOOKS_AT_ONCE)
                .name("Find gone snapshots")
                .uid(OperatorIds.GONE_SNAPSHOTS)
                .setDescription("Find gone snapshots: entries of the index whose key has expired")
                .setParallelism(1)
                .sinkTo(outputs.snapshotIndex())
                .name("Redis: snapshot index")
                .uid(OperatorIds.SNAPSHOT_INDEX_SINK)
                .setDescription("massive:ws:snapshot:index: without what has expired")
                .setParallelism(1);
    }

    /**
     * Streams that are connected are either both keyed or none is, except for functions; so the
     * keyed operator with a broadcast input is put together here. Cuts come from the subtask that
     * orders their stream, so they are keyed already.
     */
    private TwoInputTransformation<CutBatch, ContextUpdate, Publication> snapshots(
            DataStream<CutBatch> cuts, DataStream<ContextUpdate> context) {
        TwoInputTransformation<CutBatch, ContextUpdate, Publication> snapshots =
                new TwoInputTransformation<>(
                        cuts.getTransformation(),
                        context.broadcast().getTransformation(),
                        "Take snapshots",
                        new TakeSnapshots(
                                settings.snapshots(), settings.source() == SourceKind.LIVE),
                        TypeInformation.of(Publication.class),
                        cuts.getParallelism(),
                        false);
        snapshots.setStateKeySelectors(batch -> batch.stream().text(), null);
        snapshots.setStateKeyType(Types.STRING);
        snapshots.setUid(OperatorIds.TAKE_SNAPSHOTS);
        snapshots.setDescription(
                "Take snapshots: state of each expiry as of a cut, and what changed");
        cuts.getExecutionEnvironment().addOperator(snapshots);
        return snapshots;
    }
}

package io.massivepipeline.sources.live;

import io.massivepipeline.sources.feed.FeedEvent;
import io.massivepipeline.sources.feed.FeedEventTypeInfo;
import io.massivepipeline.sources.provider.FatalFeedException;
import io.massivepipeline.sources.split.SingleSplitEnumerator;
import io.massivepipeline.sources.split.SingleSplitSerializer;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.util.Optional;

/**
 * The provider's live feed over one WebSocket connection, whatever the parallelism.
 *
 * <pre>{@code
 * LiveSource source =
 *         LiveSource.builder()
 *                 .url("wss://socket.massive.com/options")
 *                 .apiKey(ApiKey.fromEnvironment())
 *                 .subscriptions(SubscriptionFeed.firehose())
 *                 .journal("./massive-journal", 8L << 30)
 *                 .build();
 * env.fromSource(source, WatermarkStrategy.noWatermarks(), "feed");
 * }</pre>
 *
 * <p>What the socket delivers is appended to a journal on disk before it is handed on. A restart,
 * in the same process or a new one, continues at the first frame that no completed checkpoint
 * covers; a job that cannot keep up reads behind on disk and never slows the socket down. Every
 * interval in which the feed was not heard is handed on as a {@link
 * io.massivepipeline.sources.feed.FeedGap}, silence as a {@link
 * io.massivepipeline.sources.feed.Tick}, and how it fares as a {@link
 * io.massivepipeline.sources.feed.FeedStatus} about once a second. A wrong key and a plan without
 * this feed fail the job for good with a {@link FatalFeedException}; everything else is tried again
 * for ever.
 *
 * <p>Metrics are named in {@link LiveMetrics}.
 */
public final class LiveSource
        implements Source<FeedEvent, LiveSplit, Optional<LiveSplit>>,
                ResultTypeQueryable<FeedEvent> {

    private static final long serialVersionUID = 1L;

    private final LiveSettings settings;

    LiveSource(LiveSettings settings) {
        this.settings = settings;
    }

    public static LiveSourceBuilder builder() {
        return new LiveSourceBuilder();
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SplitEnumerator<LiveSplit, Optional<LiveSplit>> createEnumerator(
            SplitEnumeratorContext<LiveSplit> context) {
        return restoreEnumerator(context, Optional.of(LiveSplit.begin()));
    }

    @Override
    public SplitEnumerator<LiveSplit, Optional<LiveSplit>> restoreEnumerator(
            SplitEnumeratorContext<LiveSplit> context, Optional<LiveSplit> unassigned) {
        return new SingleSplitEnumerator<>(context, unassigned);
    }

    @Override
    public SourceReader<FeedEvent, LiveSplit> createReader(SourceReaderContext context) {
        Progress progress = new Progress();
        LiveMetrics metrics = new LiveMetrics(context.metricGroup(), progress);
        return new LiveSourceReader(
                () -> new LiveSplitReader(settings, progress, metrics), progress, context);
    }

    @Override
    public SimpleVersionedSerializer<LiveSplit> getSplitSerializer() {
        return new LiveSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Optional<LiveSplit>> getEnumeratorCheckpointSerializer() {
        return new SingleSplitSerializer<>(new LiveSplitSerializer());
    }

    @Override
    public TypeInformation<FeedEvent> getProducedType() {
        return FeedEventTypeInfo.INSTANCE;
    }
}

package io.massivepipeline.sources.replay;

import io.massivepipeline.sources.feed.FeedEvent;
import io.massivepipeline.sources.feed.FeedEventTypeInfo;
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

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Replays a captured feed: the same events in the same order, then it ends. A recovery goes on
 * exactly behind the last event of the checkpoint.
 *
 * <pre>{@code
 * ReplaySource source = ReplaySource.of(Path.of("fixtures/ws-feed.txt")).atSpeed(10);
 * env.fromSource(source, WatermarkStrategy.noWatermarks(), "feed");
 * }</pre>
 *
 * <p>The feed is a file in the form of {@link io.massivepipeline.sources.feed.FeedText}, plain or
 * gzip, or a folder of such files, which are read in the order of their names. The files must be
 * there under the same path on the machine that reads them. Replayed without waiting unless {@link
 * #atSpeed} says otherwise; captured context beside it {@link #withContext} says.
 */
public final class ReplaySource
        implements Source<FeedEvent, ReplaySplit, Optional<ReplaySplit>>,
                ResultTypeQueryable<FeedEvent> {

    private static final long serialVersionUID = 1L;

    private final FeedFormat format;
    private final List<String> segments;
    private final String context;
    private final double speed;

    private ReplaySource(FeedFormat format, List<String> segments, String context, double speed) {
        this.format = format;
        this.segments = segments;
        this.context = context;
        this.speed = speed;
    }

    /**
     * The feed that lies there.
     *
     * @throws FeedException if there is none, or none that can be read
     */
    public static ReplaySource of(Path feed) {
        return of(feed, new TextFeedFormat());
    }

    /**
     * The feed that lies there in a form of its own.
     *
     * @throws FeedException if there is none, or none that can be read
     */
    public static ReplaySource of(Path feed, FeedFormat format) {
        List<String> segments =
                format.segments(feed.toAbsolutePath()).stream().map(Path::toString).toList();
        return new ReplaySource(format, segments, null, 0);
    }

    /**
     * The same feed at a speed.
     *
     * @param factor 1 as it was captured, 10 ten times as fast, 0 as fast as it goes
     * @throws IllegalArgumentException if it is negative or no number
     */
    public ReplaySource atSpeed(double factor) {
        if (!(factor >= 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("A replay has no speed of " + factor);
        }
        return new ReplaySource(format, segments, context, factor);
    }

    /**
     * The same feed with captured context: before each frame or tick all lines that are not later
     * than it can move event time, after the last one the rest. They wait for nothing, and what
     * they are handed on for is decided by the two files alone.
     *
     * @param file of lines {@code <polled_at_ms><TAB><answer>}, plain or gzip
     * @throws FeedException if there is nothing that can be read
     */
    public ReplaySource withContext(Path file) {
        Path path = file.toAbsolutePath();
        CapturedContext.check(path);
        return new ReplaySource(format, segments, path.toString(), speed);
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SplitEnumerator<ReplaySplit, Optional<ReplaySplit>> createEnumerator(
            SplitEnumeratorContext<ReplaySplit> context) {
        ReplaySplit whole = ReplaySplit.whole(segments, this.context);
        return new SingleSplitEnumerator<>(context, Optional.of(whole));
    }

    @Override
    public SplitEnumerator<ReplaySplit, Optional<ReplaySplit>> restoreEnumerator(
            SplitEnumeratorContext<ReplaySplit> context, Optional<ReplaySplit> unassigned) {
        return new SingleSplitEnumerator<>(context, unassigned);
    }

    @Override
    public SourceReader<FeedEvent, ReplaySplit> createReader(SourceReaderContext context) {
        ReplayProgress progress = new ReplayProgress(context.metricGroup());
        return new ReplaySourceReader(
                () -> new ReplaySplitReader(format, new Pacer(speed, System::nanoTime), progress),
                progress,
                context);
    }

    @Override
    public SimpleVersionedSerializer<ReplaySplit> getSplitSerializer() {
        return new ReplaySplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Optional<ReplaySplit>> getEnumeratorCheckpointSerializer() {
        return new SingleSplitSerializer<>(new ReplaySplitSerializer());
    }

    @Override
    public TypeInformation<FeedEvent> getProducedType() {
        return FeedEventTypeInfo.INSTANCE;
    }
}

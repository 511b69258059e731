package io.massivepipeline.job.output;

import io.massivepipeline.job.analytics.ClosedWindows;
import io.massivepipeline.job.analytics.ExpiryAnalytics;
import io.massivepipeline.job.analytics.JobTotals;
import io.massivepipeline.job.analytics.TopContracts;
import io.massivepipeline.job.analytics.UnderlyingAnalytics;
import io.massivepipeline.job.context.ChainSelection;
import io.massivepipeline.job.context.Spot;
import io.massivepipeline.job.options.PipelineSettings;
import io.massivepipeline.job.snapshot.Publication;
import io.massivepipeline.job.structure.TradeBatch;
import io.massivepipeline.sinks.redis.AppendOutcome;
import io.massivepipeline.sinks.redis.IncrementHash;
import io.massivepipeline.sinks.redis.RedisSink;
import io.massivepipeline.sinks.redis.RedisSinkBuilder;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.RedisWriteConverter;
import io.massivepipeline.sources.feed.FeedGap;
import io.massivepipeline.sources.feed.RawFrame;
import io.massivepipeline.sources.poll.PollStatistics;
import io.massivepipeline.sources.wire.DeadLetter;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.functions.async.AsyncFunction;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The contract in Redis: what is written of each result. */
public final class RedisOutputs implements Outputs {

    /** How long the index of snapshots names one that has expired, at most. */
    private static final Duration LOOK_INTERVAL = Duration.ofMinutes(1);

    /** So little that trades do not wait long for Redis to be done with it. */
    private static final long LARGE_BATCH_BYTES = 256 << 10;

    /**
     * What a replay as fast as it goes gathers of ten thousand streams before it lets go of it: if
     * the sink could not hold it, reading would wait for Redis, and then Redis for what is read.
     */
    private static final int FAST_BUFFERED_ENTRIES = 400_000;

    private final PipelineSettings settings;
    private final Clock clock;

    /**
     * @param clock for the expiry of keys; serializable, as the JDK's are
     */
    public RedisOutputs(PipelineSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Sink<TradeBatch> trades() {
        return streams(new TradeStreams(settings.trades(), clock))
                .setAppendOutcomeListener(RedisOutputs::countTrimmed)
                .build();
    }

    @Override
    public Sink<DeadLetter> deadLetters() {
        return sink(new DeadLetterStream()).build();
    }

    @Override
    public Sink<FeedGap> gaps() {
        return sink(new GapStream()).build();
    }

    @Override
    public Sink<RawFrame> samples() {
        return sink(new LastSample()).build();
    }

    @Override
    public Sink<JobTotals> totals() {
        return sink(new TotalsHash()).build();
    }

    @Override
    public Sink<ClosedWindows> windows() {
        return streams(new WindowStreams(retention())).build();
    }

    @Override
    public Sink<ExpiryAnalytics> expiries() {
        return sink(new ExpiryHash(retention())).build();
    }

    @Override
    public Sink<Publication> snapshots() {
        return large(new SnapshotWrites(retention())).build();
    }

    @Override
    public AsyncFunction<JobTotals, IndexEntry> goneSnapshots() {
        return new FindGoneSnapshots(settings.redis(), LOOK_INTERVAL, clock);
    }

    @Override
    public Sink<IndexEntry> snapshotIndex() {
        return sink(new SnapshotIndexWrites()).build();
    }

    @Override
    public Sink<TopContracts> top() {
        return sink(new TopSortedSet(retention())).build();
    }

    @Override
    public Sink<UnderlyingAnalytics> underlyings() {
        return sink(new UnderlyingHash()).build();
    }

    @Override
    public Sink<Spot> spots() {
        return sink(new SpotWrites(clock)).build();
    }

    @Override
    public Sink<ChainSelection> chains() {
        return large(
                        new ChainWrites(
                                settings.context().chainInterval(),
                                retention(),
                                clock,
                                settings.live().isPresent()))
                .build();
    }

    @Override
    public Sink<PollStatistics> polls() {
        return sink(new PollHash()).build();
    }

    private Retention retention() {
        return new Retention(settings.trades().retention(), clock);
    }

    private <T> RedisSinkBuilder<T> sink(RedisWriteConverter<T> converter) {
        return RedisSink.<T>builder().setConnection(settings.redis()).setConverter(converter);
    }

    /** A sink of what comes with each trade. */
    private <T> RedisSinkBuilder<T> streams(RedisWriteConverter<T> converter) {
        RedisSinkBuilder<T> builder = sink(converter);
        return settings.isFastReplay()
                ? builder.setMaxBufferedEntries(FAST_BUFFERED_ENTRIES)
                : builder;
    }

    /**
     * A sink of values that are large and come all at once. Live, they go bit by bit and let trades
     * through in between; a replay has nobody who waits for a trade.
     */
    private <T> RedisSinkBuilder<T> large(RedisWriteConverter<T> converter) {
        RedisSinkBuilder<T> builder = sink(converter);
        return settings.live().isEmpty()
                ? builder
                : builder.setMaxBatchSizeInBytes(LARGE_BATCH_BYTES).setMaxInFlightRequests(1);
    }

    /** Only the server knows what it refused, so that counter alone is added to and not set. */
    private static List<RedisWrite> countTrimmed(AppendOutcome outcome) {
        return outcome.trimmed() == 0
                ? List.of()
                : List.of(IncrementHash.of(RedisKeys.ANALYTICS, "trimmed", outcome.trimmed()));
    }
}

package io.massivepipeline.job.options;

import io.massivepipeline.sinks.redis.RedisConnectionConfig;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The options, read and checked: what the wiring works with. Holds no secret.
 *
 * @param source where frames come from
 * @param feed the captured feed; present if {@code source} is a replay
 * @param replaySpeed 0: unpaced, else a factor
 * @param report file of the page that shows what a replay without a cluster wrote
 * @param dedupHorizon how far back ids are remembered, event time
 * @param redis where Redis is; the password is looked up where a connection is opened
 * @param orderDelay how long a trade may be out of order, event time
 * @param trades what the trade streams hold and how long
 * @param context what is selected of option chains
 * @param snapshots which underlyings have snapshots and top contracts, and how many
 * @param live what only a live run needs; present if {@code source} is live
 */
public record PipelineSettings(
        SourceKind source,
        Optional<Path> feed,
        Optional<Path> contextFile,
        double replaySpeed,
        Optional<Path> report,
        RedisConnectionConfig redis,
        Duration dedupHorizon,
        Duration orderDelay,
        TradeStreamSettings trades,
        ContextSettings context,
        SnapshotSettings snapshots,
        Optional<LiveFeedSettings> live) {

    /** What is longer than all the time there is makes no difference, but sums that overflow. */
    private static final Duration LONGEST = Duration.ofDays(36_525);

    /** Bounds of the trade streams. */
    public record TradeStreamSettings(
            UnderlyingFilter underlyings, long maxLength, Duration retention)
            implements Serializable {}

    /** Whether a feed is replayed as fast as it goes, where nobody waits for a single trade. */
    public boolean isFastReplay() {
        return source == SourceKind.REPLAY && replaySpeed == 0;
    }

    /**
     * Reads and checks all options.
     *
     * @throws UsageException if a value can't be read or makes no sense
     */
    public static PipelineSettings from(Configuration options) {
        SourceKind source = read(options, PipelineOptions.SOURCE);
        Optional<Path> feed = path(options, PipelineOptions.FEED);
        require(
                source != SourceKind.REPLAY || feed.isPresent(),
                "--source replay needs --feed FILE, the captured feed.");
        require(
                source != SourceKind.LIVE || feed.isEmpty(),
                "--feed belongs to --source replay; a live run reads the provider's socket.");
        Optional<Path> contextFile = path(options, PipelineOptions.CONTEXT);
        require(
                source != SourceKind.LIVE || contextFile.isEmpty(),
                "--context belongs to --source replay; a live run asks the provider.");
        double speed = read(options, PipelineOptions.REPLAY_SPEED);
        require(speed >= 0 && !Double.isInfinite(speed), "--replay.speed must be 0 or a factor.");
        Optional<Path> report = path(options, PipelineOptions.REPORT);
        require(
                source != SourceKind.LIVE || report.isEmpty(),
                "--report belongs to --source replay; a live run has no end to report on.");
        ContextSettings context = ContextSettings.from(options);
        return new PipelineSettings(
                source,
                feed,
                contextFile,
                speed,
                report,
                redis(options),
                notNegative(options, PipelineOptions.DEDUP_HORIZON),
                notNegative(options, PipelineOptions.ORDER_DELAY),
                trades(options),
                context,
                SnapshotSettings.from(options),
                live(options, source, context));
    }

    private static Optional<LiveFeedSettings> live(
            Configuration options, SourceKind source, ContextSettings context) {
        if (source == SourceKind.LIVE) {
            LiveFeedSettings live = LiveFeedSettings.from(options);
            require(
                    !live.subscription().targeted() || !context.underlyings().isEmpty(),
                    "--subscription targeted needs --underlyings: of their chains it takes the"
                            + " contracts.");
            return Optional.of(live);
        }
        require(
                path(options, PipelineOptions.CAPTURE).isEmpty(),
                "--capture belongs to --source live; a replayed feed is captured already.");
        require(
                path(options, PipelineOptions.CAPTURE_CONTEXT).isEmpty(),
                "--capture-context belongs to --source live; a replay asks for nothing.");
        return Optional.empty();
    }

    private static RedisConnectionConfig redis(Configuration options) {
        int replicas = read(options, PipelineOptions.REDIS_MIN_REPLICAS);
        require(replicas >= 0, "--redis.min-replicas must not be negative.");
        RedisConnectionConfig.Builder config =
                RedisConnectionConfig.builder()
                        .clientName("massive-pipeline")
                        .minReplicas(replicas)
                        .startTimeout(notNegative(options, PipelineOptions.REDIS_START_TIMEOUT));
        options.getOptional(PipelineOptions.REDIS_USERNAME).ifPresent(config::username);
        options.getOptional(PipelineOptions.REDIS_PASSWORD_FILE).ifPresent(config::passwordFile);
        options.getOptional(PipelineOptions.REDIS_TRUST_STORE).ifPresent(config::trustStore);
        try {
            return config.uri(read(options, PipelineOptions.REDIS_URI)).build();
        } catch (IllegalArgumentException wrong) {
            throw new UsageException("--redis.uri: " + wrong.getMessage(), wrong);
        }
    }

    private static TradeStreamSettings trades(Configuration options) {
        long length = read(options, PipelineOptions.TRADES_MAX_LENGTH);
        require(length > 0, "--trades.max-length must be at least 1.");
        return new TradeStreamSettings(
                UnderlyingFilter.parse(read(options, PipelineOptions.TRADES_UNDERLYINGS)),
                length,
                notNegative(options, PipelineOptions.TRADES_RETENTION));
    }

    static Optional<Path> path(Configuration options, ConfigOption<String> option) {
        return options.getOptional(option).filter(text -> !text.isBlank()).map(Path::of);
    }

    static Duration positive(Configuration options, ConfigOption<Duration> option) {
        Duration value = read(options, option);
        require(
                value.compareTo(Duration.ZERO) > 0,
                "--" + option.key() + " must be longer than 0.");
        return value;
    }

    private static Duration notNegative(Configuration options, ConfigOption<Duration> option) {
        Duration value = read(options, option);
        require(!value.isNegative(), "--" + option.key() + " must not be negative.");
        require(
                value.compareTo(LONGEST) <= 0,
                "--" + option.key() + " must not be longer than " + LONGEST.toDays() + " days.");
        return value;
    }

    static <T> T read(Configuration options, ConfigOption<T> option) {
        try {
            return options.get(option);
        } catch (IllegalArgumentException unreadable) {
            throw new UsageException(
                    "Bad value '"
                            + options.toMap().get(option.key())
                            + "' for --"
                            + option.key()
                            + "; for example "
                            + Help.show(option.defaultValue())
                            + ".",
                    unreadable);
        }
    }

    static void require(boolean holds, String message) {
        if (!holds) {
            throw new UsageException(message);
        }
    }
}

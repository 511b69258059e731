package io.massivepipeline.job.options;

import org.apache.flink.configuration.ConfigOption;

import java.time.Duration;
import java.util.List;

import static org.apache.flink.configuration.ConfigOptions.key;

/** Every option of the job, in the order in which {@code --help} prints them. */
public final class PipelineOptions {

    public static final ConfigOption<SourceKind> SOURCE =
            key("source")
                    .enumType(SourceKind.class)
                    .defaultValue(SourceKind.LIVE)
                    .withDescription("Where frames come from: live or replay.");

    public static final ConfigOption<String> FEED =
            key("feed")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "replay: a file of frames, one a line, plain or gzip, or a folder of"
                                    + " captured segments.");

    public static final ConfigOption<Double> REPLAY_SPEED =
            key("replay.speed")
                    .doubleType()
                    .defaultValue(0.0)
                    .withDescription("0: as fast as it goes; 1: as it was; 10: ten times.");

    public static final ConfigOption<String> REDIS_URI =
            key("redis.uri")
                    .stringType()
                    .defaultValue("redis://localhost:6379")
                    .withDescription(
                            "redis://, rediss:// or redis-sentinel://; several redis:// separated"
                                    + " by commas for a cluster. A password in it is refused.");

    public static final ConfigOption<String> REDIS_USERNAME =
            key("redis.username").stringType().noDefaultValue().withDescription("ACL user.");

    public static final ConfigOption<String> REDIS_PASSWORD_FILE =
            key("redis.password-file")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "File that holds the password, instead of the environment variable"
                                    + " REDIS_PASSWORD. It must exist on every TaskManager.");

    public static final ConfigOption<String> REDIS_TRUST_STORE =
            key("redis.trust-store")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("rediss://: trust store (PKCS #12 or JKS, no password).");

    public static final ConfigOption<Integer> REDIS_MIN_REPLICAS =
            key("redis.min-replicas")
                    .intType()
                    .defaultValue(0)
                    .withDescription(
                            "A batch counts as written only when that many replicas have it.");

    public static final ConfigOption<Duration> REDIS_START_TIMEOUT =
            key("redis.start-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(30))
                    .withDescription(
                            "Redis absent at the start: give up after this; later it is retried"
                                    + " without limit.");

    public static final ConfigOption<Duration> DEDUP_HORIZON =
            key("dedup.horizon")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(2))
                    .withDescription("How far back, in event time, ids of trades are remembered.");

    public static final ConfigOption<Duration> ORDER_DELAY =
            key("order.delay")
                    .durationType()
                    .defaultValue(Duration.ofMillis(100))
                    .withDescription(
                            "How long a trade may be out of order before it counts as late; what"
                                    + " every trade waits.");

    public static final ConfigOption<String> TRADES_UNDERLYINGS =
            key("trades.underlyings")
                    .stringType()
                    .defaultValue("*")
                    .withDescription("Which underlyings get trade streams: * or SPX,NDX.");

    public static final ConfigOption<Long> TRADES_MAX_LENGTH =
            key("trades.max-length")
                    .longType()
                    .defaultValue(100_000L)
                    .withDescription("Entries that a trade stream keeps, approximately.");

    public static final ConfigOption<Duration> TRADES_RETENTION =
            key("trades.retention")
                    .durationType()
                    .defaultValue(Duration.ofDays(3))
                    .withDescription("How long the keys of an expiry outlive its date.");

    public static final ConfigOption<String> UNDERLYINGS =
            key("underlyings")
                    .stringType()
                    .defaultValue("SPX,NDX")
                    .withDescription(
                            "Which underlyings have chains, targeted subscriptions and complete"
                                    + " snapshots.");

    public static final ConfigOption<String> SNAPSHOT_UNDERLYINGS =
            key("snapshot.underlyings")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Which underlyings have snapshots and top contracts: * or SPX,NDX; as"
                                    + " underlyings if not set.");

    /** All of them, in the order of the help. */
    public static final List<ConfigOption<?>> ALL =
            List.of(
                    SOURCE,
                    FEED,
                    REPLAY_SPEED,
                    REDIS_URI,
                    REDIS_USERNAME,
                    REDIS_PASSWORD_FILE,
                    REDIS_TRUST_STORE,
                    REDIS_MIN_REPLICAS,
                    REDIS_START_TIMEOUT,
                    DEDUP_HORIZON,
                    ORDER_DELAY,
                    TRADES_UNDERLYINGS,
                    TRADES_MAX_LENGTH,
                    TRADES_RETENTION,
                    UNDERLYINGS,
                    SNAPSHOT_UNDERLYINGS);

    private PipelineOptions() {}
}

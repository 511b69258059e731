package io.massivepipeline.job.options;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;

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

    public static final ConfigOption<String> CONTEXT =
            key("context")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "replay: captured spot prices and option chains that are replayed"
                                    + " beside the feed, plain or gzip.");

    public static final ConfigOption<Double> REPLAY_SPEED =
            key("replay.speed")
                    .doubleType()
                    .defaultValue(0.0)
                    .withDescription("0: as fast as it goes; 1: as it was; 10: ten times.");

    public static final ConfigOption<String> REPORT =
            key("report")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "replay, without a cluster: HTML file that shows what stands in Redis"
                                    + " at the end: heatmaps, trades per second, bursts, most"
                                    + " traded contracts.");

    public static final ConfigOption<String> MASSIVE_API_KEY_FILE =
            key("massive.api-key-file")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "live: file that holds the provider's API key, instead of the"
                                    + " environment variable MASSIVE_API_KEY. It must exist on"
                                    + " every TaskManager.");

    public static final ConfigOption<String> SUBSCRIPTION =
            key("subscription")
                    .stringType()
                    .defaultValue("firehose")
                    .withDescription(
                            "live: firehose, all trades of the market; targeted, the contracts that"
                                    + " are selected of the chains of the underlyings; or a list of"
                                    + " channels such as"
                                    + " T.O:SPXW251223P06870000,T.O:SPXW251223C06870000.");

    public static final ConfigOption<Integer> SUBSCRIPTION_MAX_CHANNELS =
            key("subscription.max-channels")
                    .intType()
                    .defaultValue(5000)
                    .withDescription(
                            "live and targeted: of more contracts, those nearest to the money and"
                                    + " nearest in expiry are subscribed to.");

    public static final ConfigOption<String> WS_URL =
            key("ws.url")
                    .stringType()
                    .defaultValue("wss://socket.massive.com/options")
                    .withDescription("live: the provider's WebSocket, ws:// or wss://.");

    public static final ConfigOption<Duration> WS_RECONNECT_DELAY =
            key("ws.reconnect-delay")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(20))
                    .withDescription(
                            "live: wait before the first attempt to reconnect; doubles with each.");

    public static final ConfigOption<Duration> WS_RECONNECT_DELAY_MAX =
            key("ws.reconnect-delay-max")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(120))
                    .withDescription("live: longest wait between attempts to reconnect.");

    public static final ConfigOption<Duration> WS_MAX_CONNECTIONS_DELAY =
            key("ws.max-connections-delay")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(60))
                    .withDescription(
                            "live: wait after the provider said that the account has too many"
                                    + " connections.");

    public static final ConfigOption<Duration> WS_SILENCE_TIMEOUT =
            key("ws.silence-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(30))
                    .withDescription("live: a socket that is silent for so long is dead.");

    public static final ConfigOption<String> JOURNAL_DIR =
            key("journal.dir")
                    .stringType()
                    .defaultValue("./massive-journal")
                    .withDescription(
                            "live: folder where received frames are kept until a checkpoint covers"
                                    + " them; of this job alone, and on a cluster one that outlives"
                                    + " a TaskManager.");

    public static final ConfigOption<MemorySize> JOURNAL_MAX_SIZE =
            key("journal.max-size")
                    .memoryType()
                    .defaultValue(MemorySize.parse("8 gb"))
                    .withDescription(
                            "live: beyond this the oldest frames are given up and recorded as a"
                                    + " gap.");

    public static final ConfigOption<String> CAPTURE =
            key("capture")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "live: file to which the feed is written as it comes, to be replayed;"
                                    + " packed if its name ends in .gz.");

    public static final ConfigOption<String> CAPTURE_CONTEXT =
            key("capture-context")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "live: file to which answers about spot prices and option chains are"
                                    + " written as they come, for --context; packed if its name"
                                    + " ends in .gz.");

    public static final ConfigOption<String> REST_URL =
            key("rest.url")
                    .stringType()
                    .defaultValue("https://api.massive.com")
                    .withDescription(
                            "live: the provider's REST interface, http:// or https://, for spot"
                                    + " prices and option chains.");

    public static final ConfigOption<String> SPOT_SYMBOLS =
            key("spot.symbols")
                    .stringType()
                    .defaultValue("I:SPX,I:NDX,I:VIX,SPY,QQQ")
                    .withDescription(
                            "live: whose prices are asked for, as the provider names them; the"
                                    + " underlyings and I:VIX should be among them.");

    public static final ConfigOption<Duration> SPOT_INTERVAL =
            key("spot.interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(1))
                    .withDescription("live: how often prices are asked for.");

    public static final ConfigOption<Duration> CHAIN_INTERVAL =
            key("chain.interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "How often each chain is asked for; its snapshots are kept ten times as"
                                    + " long.");

    public static final ConfigOption<Integer> CHAIN_EXPIRATIONS =
            key("chain.expirations")
                    .intType()
                    .defaultValue(5)
                    .withDescription("How many of the first listed expiries are selected.");

    public static final ConfigOption<Double> CHAIN_RANGE_MULTIPLIER =
            key("chain.range-multiplier")
                    .doubleType()
                    .defaultValue(2.0)
                    .withDescription(
                            "Strikes are selected up to so many standard deviations from the money,"
                                    + " by VIX and the days to the expiry.");

    public static final ConfigOption<String> RESUME_DIR =
            key("resume.dir")
                    .stringType()
                    .defaultValue("./massive-state")
                    .withDescription(
                            "live and without a cluster: folder of checkpoints, from the newest of"
                                    + " which a run goes on.");

    public static final ConfigOption<Boolean> FRESH =
            key("fresh")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "live and without a cluster: begin anew in spite of checkpoints.");

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

    public static final ConfigOption<Duration> SNAPSHOT_INTERVAL =
            key("snapshot.interval")
                    .durationType()
                    .defaultValue(Duration.ofMillis(200))
                    .withDescription("How often, in event time, a snapshot may change.");

    public static final ConfigOption<Double> SNAPSHOT_MAX_RATE =
            key("snapshot.max-rate")
                    .doubleType()
                    .defaultValue(100.0)
                    .withDescription(
                            "Snapshots published a second of the wall clock, over all underlyings"
                                    + " and expiries; 0: without a limit.");

    /** All of them, in the order of the help. */
    public static final List<ConfigOption<?>> ALL =
            List.of(
                    SOURCE,
                    FEED,
                    CONTEXT,
                    REPLAY_SPEED,
                    REPORT,
                    MASSIVE_API_KEY_FILE,
                    SUBSCRIPTION,
                    SUBSCRIPTION_MAX_CHANNELS,
                    WS_URL,
                    WS_RECONNECT_DELAY,
                    WS_RECONNECT_DELAY_MAX,
                    WS_MAX_CONNECTIONS_DELAY,
                    WS_SILENCE_TIMEOUT,
                    JOURNAL_DIR,
                    JOURNAL_MAX_SIZE,
                    CAPTURE,
                    CAPTURE_CONTEXT,
                    REST_URL,
                    SPOT_SYMBOLS,
                    SPOT_INTERVAL,
                    RESUME_DIR,
                    FRESH,
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
                    CHAIN_INTERVAL,
                    CHAIN_EXPIRATIONS,
                    CHAIN_RANGE_MULTIPLIER,
                    SNAPSHOT_UNDERLYINGS,
                    SNAPSHOT_INTERVAL,
                    SNAPSHOT_MAX_RATE);

    private PipelineOptions() {}
}

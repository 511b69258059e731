package io.massivepipeline.job.output;

import io.massivepipeline.job.structure.StreamKey;
import io.massivepipeline.sources.calendar.ExpiryDate;

/** The names of the contract. Consumers depend on them: a name changes only with the contract. */
public final class RedisKeys {

    /** Hash: the whole job's counters. */
    public static final String ANALYTICS = "massive:ws:analytics";

    /** All trade streams, as a pattern. */
    public static final String TRADES_PATTERN = "massive:trades:*";

    static final String DEAD_LETTERS = "massive:ws:deadletter";
    static final String GAPS = "massive:ws:gaps";
    static final String LAST_SAMPLE = "massive:ws:raw:last_sample";

    /** What the name of a trade stream's companion begins with. */
    static final String LATE_PREFIX = "massive:ws:late:";

    /** Hash: which snapshots there are. */
    public static final String SNAPSHOT_INDEX = "massive:ws:snapshot:index";

    private static final String SNAPSHOT_PREFIX = "massive:ws:snapshot:";

    /** Hash: underlying and expiry to trade date, which parameters of subscriptions there are. */
    public static final String PARAMS_INDEX = "massive:ws:params:index";

    /** Channel: the name of the key of parameters that changed. */
    public static final String PARAMS_UPDATED = "massive:ws:params:updated";

    /** Hash: how the poller of chains fares. */
    static final String CHAIN_ANALYTICS = "massive:chain:analytics";

    /** Hash: how the poller of prices fares. */
    static final String SPOT_ANALYTICS = "massive:spot:analytics";

    private static final String TRADES_PREFIX = "massive:trades:";

    private RedisKeys() {}

    /** Stream: the one-second windows of an underlying and expiry. */
    public static String windows(StreamKey stream) {
        return "massive:ws:windows:" + stream;
    }

    /** Hash: where an underlying and expiry stands. */
    public static String analytics(StreamKey stream) {
        return ANALYTICS + ":" + stream;
    }

    /** Hash: where an underlying stands. */
    static String analytics(String underlying) {
        return ANALYTICS + ":" + underlying;
    }

    /** Sorted set: the contracts of an underlying and expiry that trade most. */
    public static String top(StreamKey stream) {
        return ANALYTICS + ":top:" + stream;
    }

    /** String: the newest snapshot of an underlying and expiry. */
    public static String snapshot(StreamKey stream) {
        return snapshot(stream.text());
    }

    /** String: the snapshot that a field of the index is about. */
    static String snapshot(String field) {
        return SNAPSHOT_PREFIX + field;
    }

    /** Stream: the diffs of an underlying and expiry. */
    static String snapshotDiffs(StreamKey stream) {
        return SNAPSHOT_PREFIX + stream + ":diffs";
    }

    /** Channel: the diffs of an underlying and expiry. */
    static String snapshotDiffChannel(StreamKey stream) {
        return SNAPSHOT_PREFIX + stream + ":diff";
    }

    /** Stream: the trades of an underlying and expiry. */
    public static String trades(StreamKey stream) {
        return TRADES_PREFIX + stream;
    }

    /** The underlying and expiry in the name of a trade stream. */
    public static String streamOf(String tradesKey) {
        return tradesKey.substring(TRADES_PREFIX.length());
    }

    /** String: the price of a symbol. */
    static String spot(String symbol) {
        return "massive:model:spot:" + symbol;
    }

    /** Sorted set: the prices of a symbol by second. */
    static String spotTrail(String symbol) {
        return spot(symbol) + ":trail";
    }

    /**
     * String: what is selected of an underlying and expiry, immutable.
     *
     * @param at context time, Unix milliseconds
     */
    static String chainSnapshot(StreamKey stream, long at) {
        return "massive:chain:snapshot:" + dated(stream) + ":" + at;
    }

    /** String: the name of the newest snapshot of the chain. */
    static String chainLatest(StreamKey stream) {
        return "massive:chain:latest:" + dated(stream);
    }

    /** Set: the tickers that are selected of an underlying and expiry. */
    static String chainContracts(StreamKey stream) {
        return "massive:chain:contracts:" + stream;
    }

    /** String: the channels of the contracts that are selected of an underlying and expiry. */
    public static String params(StreamKey stream) {
        return "massive:ws:params:" + stream;
    }

    private static String dated(StreamKey stream) {
        return stream.underlying() + ":" + ExpiryDate.of(stream.expiry());
    }
}

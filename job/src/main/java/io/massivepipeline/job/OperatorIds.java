package io.massivepipeline.job;

/**
 * The uids by which state is found again in a savepoint. A uid is never changed or given to another
 * operator.
 */
final class OperatorIds {

    static final String FEED = "feed";
    static final String PARSE = "parse";
    static final String ORDER = "order";
    static final String COUNT_TRADES = "count-trades";
    static final String SUM_TOTALS = "sum-totals";
    static final String ANALYSE_EXPIRIES = "analyse-expiries";
    static final String COUNT_SECONDS = "count-seconds";
    static final String ANALYSE_UNDERLYINGS = "analyse-underlyings";
    static final String AGGREGATE_CUTS = "aggregate-cuts";
    static final String TAKE_SNAPSHOTS = "take-snapshots";
    static final String SNAPSHOTS_SINK = "snapshots-sink";
    static final String GONE_SNAPSHOTS = "gone-snapshots";
    static final String SNAPSHOT_INDEX_SINK = "snapshot-index-sink";
    static final String SPOTS = "spots";
    static final String CHAINS = "chains";
    static final String SPLIT_POLLS = "split-polls";
    static final String CAPTURE_CONTEXT = "capture-context";
    static final String READ_CONTEXT = "read-context";
    static final String SELECT_CONTEXT = "select-context";
    static final String SPOTS_SINK = "spots-sink";
    static final String CHAINS_SINK = "chains-sink";
    static final String POLLS_SINK = "polls-sink";
    static final String TRADES_SINK = "trades-sink";
    static final String DEAD_LETTERS_SINK = "dead-letters-sink";
    static final String GAPS_SINK = "gaps-sink";
    static final String SAMPLE_SINK = "sample-sink";
    static final String TOTALS_SINK = "totals-sink";
    static final String WINDOWS_SINK = "windows-sink";
    static final String EXPIRIES_SINK = "expiries-sink";
    static final String TOP_SINK = "top-sink";
    static final String UNDERLYINGS_SINK = "underlyings-sink";

    private OperatorIds() {}
}

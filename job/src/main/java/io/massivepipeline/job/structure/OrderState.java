package io.massivepipeline.job.structure;

/**
 * All that the ordering of one stream remembers, in one state object, since a look into Flink's
 * state per trade is most of what ordering costs.
 */
final class OrderState {

    /** No timer of that kind is set. */
    static final long NO_TIMER = Long.MAX_VALUE;

    final PendingTrades pending;
    final IdMemory ids;

    /** Repeats dropped since the last batch. */
    int duplicates;

    /** The event time of the timer that releases trades, or {@link #NO_TIMER}. */
    long releaseTimer = NO_TIMER;

    /** The event time of the timer that forgets ids, or {@link #NO_TIMER}. */
    long forgetTimer = NO_TIMER;

    /** Whether the stream has released a trade. */
    boolean released;

    /** Whether this object was looked at by the buffer's gauge of this subtask; not part of it. */
    boolean metered;

    /** The stream, once somebody asked; not part of it either. */
    private StreamKey stream;

    OrderState() {
        this(new PendingTrades(), new IdMemory());
    }

    OrderState(PendingTrades pending, IdMemory ids) {
        this.pending = pending;
        this.ids = ids;
    }

    /**
     * The stream, made of its key only once.
     *
     * @param key the key of this state
     */
    StreamKey stream(String key) {
        if (stream == null) {
            stream = StreamKey.parse(key);
        }
        return stream;
    }

    OrderState copy() {
        OrderState copy = new OrderState(pending.copy(), ids.copy());
        copy.duplicates = duplicates;
        copy.releaseTimer = releaseTimer;
        copy.forgetTimer = forgetTimer;
        copy.released = released;
        copy.metered = metered;
        copy.stream = stream;
        return copy;
    }
}

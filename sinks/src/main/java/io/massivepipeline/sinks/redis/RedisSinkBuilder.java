package io.massivepipeline.sinks.redis;

import io.massivepipeline.sinks.redis.retry.Backoff;
import io.massivepipeline.sinks.redis.writer.Admission;
import io.massivepipeline.sinks.redis.writer.BatchLimits;

import java.time.Duration;
import java.util.Objects;

/**
 * Builds a {@link RedisSink}. A connection and a converter are needed; the rest has defaults:
 *
 * <ul>
 *   <li>{@link #setMaxInFlightRequests} 2 batches
 *   <li>{@link #setMaxBatchSize} 4 000 entries, {@link #setMaxBatchSizeInBytes} 4 MB
 *   <li>{@link #setMaxEntriesPerCall} 500
 *   <li>{@link #setMaxBufferedEntries} 40 000, {@link #setMaxBufferedBytes} 64 MB
 *   <li>{@link #setMaxEntryBytes} 16 MB; what is larger fails the job, see {@link
 *       #setOversizeHandler}
 *   <li>{@link #setLinger} 5 ms
 *   <li>{@link #setBackoff} 20 ms to 1 s
 * </ul>
 */
public final class RedisSinkBuilder<T> {

    private static final long DEFAULT_ENTRY_BYTES = 16L << 20;

    private RedisConnectionConfig connection;
    private RedisWriteConverter<T> converter;
    private AppendOutcomeListener listener = AppendOutcomeListener.none();
    private int inFlight = BatchLimits.DEFAULT.inFlight();
    private int batchEntries = BatchLimits.DEFAULT.batchEntries();
    private long batchBytes = BatchLimits.DEFAULT.batchBytes();
    private int callEntries = BatchLimits.DEFAULT.callEntries();
    private int bufferedEntries = BatchLimits.DEFAULT.bufferedEntries();
    private long bufferedBytes = BatchLimits.DEFAULT.bufferedBytes();
    private long entryBytes = DEFAULT_ENTRY_BYTES;
    private OversizeHandler oversizeHandler = OversizeHandler.refuse();
    private Duration linger = BatchLimits.DEFAULT.linger();
    private Backoff backoff = new Backoff(Duration.ofMillis(20), Duration.ofSeconds(1));

    RedisSinkBuilder() {}

    /** Where Redis is. */
    public RedisSinkBuilder<T> setConnection(RedisConnectionConfig config) {
        connection = config;
        return this;
    }

    /** What is written for an element. */
    public RedisSinkBuilder<T> setConverter(RedisWriteConverter<T> elementConverter) {
        converter = elementConverter;
        return this;
    }

    /** Who hears what became of appends. */
    public RedisSinkBuilder<T> setAppendOutcomeListener(AppendOutcomeListener outcomeListener) {
        listener = outcomeListener;
        return this;
    }

    /** How many batches are on their way at once; they never share a key. */
    public RedisSinkBuilder<T> setMaxInFlightRequests(int batches) {
        inFlight = batches;
        return this;
    }

    /** How many entries make a batch full. */
    public RedisSinkBuilder<T> setMaxBatchSize(int entries) {
        batchEntries = entries;
        return this;
    }

    /** How many bytes make a batch full. */
    public RedisSinkBuilder<T> setMaxBatchSizeInBytes(long bytes) {
        batchBytes = bytes;
        return this;
    }

    /** How many entries are written in one step, which blocks the server. */
    public RedisSinkBuilder<T> setMaxEntriesPerCall(int entries) {
        callEntries = entries;
        return this;
    }

    /** How many entries wait before the sink pushes back. */
    public RedisSinkBuilder<T> setMaxBufferedEntries(int entries) {
        bufferedEntries = entries;
        return this;
    }

    /** How many bytes wait before the sink pushes back. */
    public RedisSinkBuilder<T> setMaxBufferedBytes(long bytes) {
        bufferedBytes = bytes;
        return this;
    }

    /** How large a stream entry, or a write that is none, may be. */
    public RedisSinkBuilder<T> setMaxEntryBytes(long bytes) {
        entryBytes = bytes;
        return this;
    }

    /** What becomes of a stream entry, or a write, that is too large; nothing else is touched. */
    public RedisSinkBuilder<T> setOversizeHandler(OversizeHandler handler) {
        oversizeHandler = handler;
        return this;
    }

    /** How long an entry waits for company while nothing else is on its way. */
    public RedisSinkBuilder<T> setLinger(Duration longest) {
        linger = longest;
        return this;
    }

    /**
     * How long to wait between attempts while Redis does not take writes: doubling, with jitter.
     */
    public RedisSinkBuilder<T> setBackoff(Duration first, Duration longest) {
        backoff = new Backoff(first, longest);
        return this;
    }

    /**
     * Builds the sink.
     *
     * @throws NullPointerException if there is no connection or no converter
     * @throws IllegalArgumentException if the limits contradict each other
     */
    public RedisSink<T> build() {
        Objects.requireNonNull(connection, "A Redis sink needs a connection.");
        Objects.requireNonNull(converter, "A Redis sink needs a converter.");
        BatchLimits limits =
                new BatchLimits(
                        inFlight,
                        batchEntries,
                        batchBytes,
                        callEntries,
                        bufferedEntries,
                        bufferedBytes,
                        linger);
        Admission admission = new Admission(entryBytes, oversizeHandler, connection.cluster());
        return new RedisSink<>(connection, converter, admission, limits, backoff, listener);
    }
}

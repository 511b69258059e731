package io.massivepipeline.sinks.redis;

import io.massivepipeline.sinks.redis.retry.Backoff;
import io.massivepipeline.sinks.redis.writer.Admission;
import io.massivepipeline.sinks.redis.writer.BatchLimits;
import io.massivepipeline.sinks.redis.writer.PendingWrites;
import io.massivepipeline.sinks.redis.writer.RedisSinkWriter;

import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.AsyncSinkBase;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.io.IOException;
import java.util.Collection;
import java.util.List;

/**
 * Writes to Redis: stream entries with explicit ids effectively once and in order, values as often
 * as needed until the newest stands.
 *
 * <p>A completed checkpoint means that everything before its barrier is in Redis, and on as many
 * replicas as the connection asks for. Give all elements that write one key to one subtask ({@code
 * keyBy} before the sink), since only what one subtask writes has an order.
 *
 * <pre>{@code
 * Sink<Price> sink =
 *         RedisSink.<Price>builder()
 *                 .setConnection(RedisConnectionConfig.of("redis://localhost:6379"))
 *                 .setConverter((price, out) -> out.accept(PutString.of(price.symbol(), price.text())))
 *                 .build();
 * }</pre>
 */
public final class RedisSink<T> extends AsyncSinkBase<T, RedisWrite> {

    private static final long serialVersionUID = 1L;

    private final RedisConnectionConfig connection;
    private final RedisWriteConverter<T> converter;
    private final Admission admission;
    private final BatchLimits limits;
    private final Backoff backoff;
    private final AppendOutcomeListener listener;

    RedisSink(
            RedisConnectionConfig connection,
            RedisWriteConverter<T> converter,
            Admission admission,
            BatchLimits limits,
            Backoff backoff,
            AppendOutcomeListener listener) {
        super(
                new PendingWrites<>(converter, admission),
                limits.batchEntries(),
                limits.inFlight(),
                limits.bufferedEntries(),
                limits.batchBytes(),
                limits.linger().toMillis(),
                limits.batchBytes());
        this.connection = connection;
        this.converter = converter;
        this.admission = admission;
        this.limits = limits;
        this.backoff = backoff;
        this.listener = listener;
    }

    public static <T> RedisSinkBuilder<T> builder() {
        return new RedisSinkBuilder<>();
    }

    @Override
    public StatefulSinkWriter<T, BufferedRequestState<RedisWrite>> createWriter(
            WriterInitContext context) throws IOException {
        return restoreWriter(context, List.of());
    }

    @Override
    public StatefulSinkWriter<T, BufferedRequestState<RedisWrite>> restoreWriter(
            WriterInitContext context, Collection<BufferedRequestState<RedisWrite>> state)
            throws IOException {
        return RedisSinkWriter.open(
                context,
                state,
                new PendingWrites<>(converter, admission),
                connection,
                limits,
                backoff,
                listener);
    }

    @Override
    public SimpleVersionedSerializer<BufferedRequestState<RedisWrite>> getWriterStateSerializer() {
        return new RedisWriteStateSerializer();
    }
}

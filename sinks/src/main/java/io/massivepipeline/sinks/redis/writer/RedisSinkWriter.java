package io.massivepipeline.sinks.redis.writer;

import io.massivepipeline.sinks.redis.AppendOutcomeListener;
import io.massivepipeline.sinks.redis.RedisConnectionConfig;
import io.massivepipeline.sinks.redis.RedisConnectionFactory;
import io.massivepipeline.sinks.redis.RedisSinkException;
import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.connection.RedisConnection;
import io.massivepipeline.sinks.redis.metrics.SinkMetrics;
import io.massivepipeline.sinks.redis.retry.Backoff;
import io.massivepipeline.sinks.redis.script.WriteScript;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriter;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.ResultHandler;
import org.apache.flink.connector.base.sink.writer.config.AsyncSinkWriterConfiguration;

import io.lettuce.core.RedisException;
import io.lettuce.core.codec.ByteArrayCodec;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes to Redis in order of keys. State is empty at every checkpoint, because a checkpoint waits
 * until everything before its barrier is acknowledged.
 */
public final class RedisSinkWriter<T> extends AsyncSinkWriter<T, RedisWrite> {

    /** A request ends when Redis has answered, however long that takes. */
    private static final Duration UNLIMITED = Duration.ofDays(36_500);

    private final PendingWrites<T> pending;
    private final SendGate gate;
    private final MailboxExecutor mailbox;
    private final RequestContext context;
    private final SinkMetrics metrics;
    private final RedisConnectionFactory redis;

    private RedisSinkWriter(
            WriterInitContext init,
            Collection<BufferedRequestState<RedisWrite>> state,
            PendingWrites<T> pending,
            SendGate gate,
            BatchLimits limits,
            RequestContext context,
            RedisConnectionFactory redis) {
        super(pending, init, configuration(limits, gate), state, gate, gate);
        this.pending = pending;
        this.gate = gate;
        this.mailbox = init.getMailboxExecutor();
        this.context = context;
        this.metrics = context.metrics();
        this.redis = redis;
        metrics.buffer(gate::bufferedEntries, gate::bufferedBytes);
    }

    /**
     * Connects and begins.
     *
     * @param state what a checkpoint held; nothing, if this sink wrote it
     * @throws RedisSinkException if Redis cannot be reached at the first start, or never will
     * @throws IOException if Redis cannot be reached at a restart
     */
    public static <T> RedisSinkWriter<T> open(
            WriterInitContext init,
            Collection<BufferedRequestState<RedisWrite>> state,
            PendingWrites<T> pending,
            RedisConnectionConfig connection,
            BatchLimits limits,
            Backoff backoff,
            AppendOutcomeListener listener)
            throws IOException {
        RedisConnectionFactory redis = new RedisConnectionFactory(connection);
        try {
            SinkMetrics metrics = new SinkMetrics(init.metricGroup());
            RedisConnection<byte[], byte[]> link = redis.connectAtStart(ByteArrayCodec.INSTANCE);
            RequestContext context =
                    new RequestContext(
                            link,
                            new ScriptCaller(link, WriteScript.load()),
                            new Replication(
                                    link,
                                    connection.minReplicas(),
                                    connection.commandTimeout().dividedBy(2)),
                            limits.callEntries(),
                            init.getMailboxExecutor(),
                            init.getProcessingTimeService(),
                            backoff,
                            listener,
                            metrics,
                            new OutageLog(connection.toString(), metrics));
            SendGate gate =
                    new SendGate(limits, init.getProcessingTimeService()::getCurrentProcessingTime);
            return new RedisSinkWriter<>(init, state, pending, gate, limits, context, redis);
        } catch (RedisException e) {
            redis.close();
            boolean firstStart =
                    init.getTaskInfo().getAttemptNumber() == 0
                            && init.getRestoredCheckpointId().isEmpty();
            if (firstStart) {
                throw new RedisSinkException(e.getMessage());
            }
            throw new IOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            redis.close();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while connecting to Redis.", e);
        } catch (RuntimeException | Error e) {
            redis.close();
            throw e;
        }
    }

    /** AsyncSink's own limits are out of reach: the gate decides. */
    private static AsyncSinkWriterConfiguration configuration(BatchLimits limits, SendGate gate) {
        return AsyncSinkWriterConfiguration.builder()
                .setMaxBatchSize(limits.bufferedEntries() - 1)
                .setMaxBatchSizeInBytes(Long.MAX_VALUE)
                .setMaxInFlightRequests(limits.inFlight())
                .setMaxBufferedRequests(limits.bufferedEntries())
                .setMaxTimeInBufferMS(limits.linger().toMillis())
                .setMaxRecordSizeInBytes(Long.MAX_VALUE)
                .setRequestTimeoutMS(UNLIMITED.toMillis())
                .setFailOnTimeout(true)
                .setRateLimitingStrategy(gate)
                .build();
    }

    /**
     * Adds what is to be written, and takes in an answer if one has come: whoever hands over
     * thousands of elements in one go must not keep Redis waiting for the next batch meanwhile.
     */
    @Override
    public void write(T element, Context elementContext) throws IOException, InterruptedException {
        pending.convert(element, metrics::oversized);
        while (!pending.isEmpty()) {
            super.write(element, elementContext);
        }
        if (gate.inFlight() > 0) {
            mailbox.tryYield();
        }
    }

    /** Sends what the watermark released, unless a batch is on its way that will take it along. */
    @Override
    public void writeWatermark(Watermark watermark) throws IOException, InterruptedException {
        if (gate.isIdle()) {
            gate.sendNow();
            // With nothing pending this adds nothing, but lets AsyncSink look at its buffer.
            super.write(null, null);
        }
    }

    @Override
    public void flush(boolean endOfInput) throws InterruptedException {
        gate.sendNow();
        super.flush(true);
    }

    @Override
    protected void submitRequestEntries(
            List<RedisWrite> batch, ResultHandler<RedisWrite> resultHandler) {
        long entries = batch.stream().mapToLong(RedisWrite::entryCount).sum();
        Collection<String> keys = batch.stream().map(RedisWrite::key).collect(Collectors.toSet());
        new Request(
                        batch,
                        context,
                        failure -> {
                            if (failure.isPresent()) {
                                context.tell(
                                        () -> resultHandler.completeExceptionally(failure.get()));
                                return;
                            }
                            metrics.batchAcknowledged(entries);
                            gate.release(keys);
                            context.tell(resultHandler::complete);
                        })
                .send();
    }

    @Override
    protected long getSizeInBytes(RedisWrite write) {
        return write == null ? 0 : write.sizeInBytes();
    }

    @Override
    public void close() {
        redis.close();
    }
}

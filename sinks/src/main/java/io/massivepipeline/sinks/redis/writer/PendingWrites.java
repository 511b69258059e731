package io.massivepipeline.sinks.redis.writer;

import io.massivepipeline.sinks.redis.RedisWrite;
import io.massivepipeline.sinks.redis.RedisWriteConverter;

import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.writer.ElementConverter;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Stands between elements, which may be several writes, and AsyncSink, for which an element is one:
 * the writes of an element are put down here and handed over one by one.
 */
public final class PendingWrites<T> implements ElementConverter<T, RedisWrite> {

    private static final long serialVersionUID = 1L;

    private final RedisWriteConverter<T> converter;
    private final Admission admission;
    private transient Queue<RedisWrite> pending;

    public PendingWrites(RedisWriteConverter<T> converter, Admission admission) {
        this.converter = converter;
        this.admission = admission;
    }

    @Override
    public void open(WriterInitContext context) {
        pending = new ArrayDeque<>();
        converter.open(context);
    }

    /**
     * @param onOversized called for each write, or entry, that is too large
     */
    void convert(T element, Runnable onOversized) {
        converter.convert(element, write -> admission.admit(write, onOversized, pending::add));
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** The next write, or null if there is none. */
    @Override
    public RedisWrite apply(T element, SinkWriter.Context context) {
        return pending.poll();
    }
}

package io.massivepipeline.sinks.redis.writer;

import io.massivepipeline.sinks.redis.RedisWrite;

import org.apache.flink.connector.base.sink.writer.Batch;
import org.apache.flink.connector.base.sink.writer.BatchCreator;
import org.apache.flink.connector.base.sink.writer.RequestBuffer;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.apache.flink.connector.base.sink.writer.strategy.RateLimitingStrategy;
import org.apache.flink.connector.base.sink.writer.strategy.RequestInfo;
import org.apache.flink.connector.base.sink.writer.strategy.ResultInfo;

import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Decides what leaves, and when; one object for the three things that AsyncSink asks separately,
 * because their answers must agree or it spins or hangs.
 *
 * <p>A batch leaves when it is full, when the oldest that could leave has waited long enough, when
 * the last batch on its way has come back (what has gathered meanwhile is the next batch), and when
 * somebody asks for it (a checkpoint, a watermark). A second batch leaves beside a first one only
 * if it is full or old, so that batches grow under load.
 *
 * <p>In AsyncSink's terms, "empty" is to have nothing that may be sent now, and size is counted in
 * entries; {@link #getMaxBatchSize()} is 1 when a batch is due and unreachable otherwise. It never
 * blocks while nothing is on its way, since then nobody would wake it up (FLINK-38096).
 */
final class SendGate
        implements RequestBuffer<RedisWrite>, BatchCreator<RedisWrite>, RateLimitingStrategy {

    private final Lanes lanes = new Lanes();
    private final BatchLimits limits;
    private final LongSupplier clock;

    private int inFlight;
    private boolean sendNow;

    /**
     * @param clock milliseconds
     */
    SendGate(BatchLimits limits, LongSupplier clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Makes everything that waits due. */
    void sendNow() {
        sendNow = true;
    }

    /** Whether something waits and nothing is on its way whose return would send it. */
    boolean isIdle() {
        return inFlight == 0 && lanes.hasReady();
    }

    int inFlight() {
        return inFlight;
    }

    long bufferedEntries() {
        return lanes.entries();
    }

    long bufferedBytes() {
        return lanes.bytes();
    }

    /** Lets the next writes of these keys go. */
    void release(Collection<String> keys) {
        lanes.release(keys, clock.getAsLong());
    }

    @Override
    public void add(RequestEntryWrapper<RedisWrite> write, boolean prioritize) {
        if (write.getRequestEntry() != null) {
            lanes.add(write, prioritize, clock.getAsLong());
        }
    }

    @Override
    public boolean isEmpty() {
        return !maySend();
    }

    /** Entries, or beyond every limit when there are too many bytes. */
    @Override
    public int size() {
        return lanes.bytes() >= limits.bufferedBytes()
                ? Integer.MAX_VALUE
                : (int) Math.min(Integer.MAX_VALUE, lanes.entries());
    }

    @Override
    public long totalSizeInBytes() {
        return lanes.bytes();
    }

    @Override
    public Collection<RequestEntryWrapper<RedisWrite>> getBufferedState() {
        return lanes.waiting();
    }

    @Override
    public RequestEntryWrapper<RedisWrite> peek() {
        throw new UnsupportedOperationException("Batches are taken whole.");
    }

    @Override
    public RequestEntryWrapper<RedisWrite> poll() {
        throw new UnsupportedOperationException("Batches are taken whole.");
    }

    @Override
    public Batch<RedisWrite> createNextBatch(
            RequestInfo requestInfo, RequestBuffer<RedisWrite> buffer) {
        List<RequestEntryWrapper<RedisWrite>> taken = lanes.take(limits);
        if (!lanes.hasReady()) {
            sendNow = false;
        }
        return new Batch<>(
                taken.stream().map(RequestEntryWrapper::getRequestEntry).toList(),
                taken.stream().mapToLong(RequestEntryWrapper::getSize).sum());
    }

    @Override
    public void registerInFlightRequest(RequestInfo requestInfo) {
        inFlight++;
    }

    @Override
    public void registerCompletedRequest(ResultInfo resultInfo) {
        inFlight--;
        if (inFlight == 0) {
            sendNow = lanes.hasReady();
        }
    }

    @Override
    public boolean shouldBlock(RequestInfo requestInfo) {
        return inFlight > 0 && !maySend();
    }

    @Override
    public int getMaxBatchSize() {
        return lanes.hasReady() && isDue() ? 1 : Integer.MAX_VALUE;
    }

    private boolean maySend() {
        return lanes.hasReady() && (inFlight == 0 || (inFlight < limits.inFlight() && isDue()));
    }

    private boolean isDue() {
        return sendNow
                || lanes.readyEntries() >= limits.batchEntries()
                || lanes.readyBytes() >= limits.batchBytes()
                || clock.getAsLong() - lanes.oldestReady() >= limits.linger().toMillis();
    }
}

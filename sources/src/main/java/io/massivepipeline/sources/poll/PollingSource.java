package io.massivepipeline.sources.poll;

import io.massivepipeline.sources.split.SingleSplitEnumerator;
import io.massivepipeline.sources.split.SingleSplitSerializer;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.util.function.SerializableSupplier;

import java.time.Duration;
import java.util.Optional;

/**
 * Asks for something at a fixed rate and hands on what is answered; it never ends. There is one
 * split: whatever the parallelism, one reader asks.
 *
 * <ul>
 *   <li>The poller runs in a thread of its own and may block there; the task never does.
 *   <li>Ticks that pass while an answer is awaited, or while the job is behind, are skipped.
 *   <li>The newest answers are in every checkpoint and are handed on again right after a recovery,
 *       before anything is asked, so that there is always something to go by.
 *   <li>It emits no watermarks, and its output is idle from the start: it never holds back event
 *       time.
 * </ul>
 */
public final class PollingSource<T>
        implements Source<T, PollSplit, Optional<PollSplit>>, ResultTypeQueryable<T> {

    private static final long serialVersionUID = 1L;

    /** A chain is large, and what waits here grows old. */
    private static final int CAPACITY = 4;

    private final Poller.Factory<T> pollers;
    private final Duration interval;
    private final PollTime time;
    private final SerializableSupplier<SimpleVersionedSerializer<T>> answers;
    private final TypeInformation<T> type;

    /**
     * @param pollers makes the poller where it runs
     * @param interval from tick to tick
     * @param time in which it ticks
     * @param answers the form in which answers are kept in checkpoints
     * @param type of what is handed on
     */
    public PollingSource(
            Poller.Factory<T> pollers,
            Duration interval,
            PollTime time,
            SerializableSupplier<SimpleVersionedSerializer<T>> answers,
            TypeInformation<T> type) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("Not an interval to ask at: " + interval);
        }
        this.pollers = pollers;
        this.interval = interval;
        this.time = time;
        this.answers = answers;
        this.type = type;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SplitEnumerator<PollSplit, Optional<PollSplit>> createEnumerator(
            SplitEnumeratorContext<PollSplit> context) {
        return restoreEnumerator(context, Optional.of(PollSplit.begin()));
    }

    @Override
    public SplitEnumerator<PollSplit, Optional<PollSplit>> restoreEnumerator(
            SplitEnumeratorContext<PollSplit> context, Optional<PollSplit> unassigned) {
        return new SingleSplitEnumerator<>(context, unassigned);
    }

    @Override
    public SourceReader<T, PollSplit> createReader(SourceReaderContext context) {
        Handover<Polled<T>> handover = new Handover<>(CAPACITY);
        return new PollReader<>(
                handover,
                split ->
                        new PollLoop<>(
                                pollers,
                                context.metricGroup(),
                                new FixedRate(interval, time),
                                answers.get(),
                                handover,
                                split.answers()));
    }

    @Override
    public SimpleVersionedSerializer<PollSplit> getSplitSerializer() {
        return new PollSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Optional<PollSplit>> getEnumeratorCheckpointSerializer() {
        return new SingleSplitSerializer<>(new PollSplitSerializer());
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return type;
    }
}

package io.massivepipeline.sources.poll;

import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Hands on what the poller's thread brings and remembers the newest answers. Says at first and once
 * that its output is idle: answers are no passage of event time, and must never hold it back.
 */
final class PollReader<T> implements SourceReader<T, PollSplit> {

    private final Handover<Polled<T>> handover;
    private final Function<PollSplit, PollLoop<T>> loops;
    private final Map<String, byte[]> answers = new HashMap<>();
    private PollLoop<T> loop;
    private boolean idle;
    private boolean noMoreSplits;

    /**
     * @param loops makes the thread that asks, which puts what comes into the handover
     */
    PollReader(Handover<Polled<T>> handover, Function<PollSplit, PollLoop<T>> loops) {
        this.handover = handover;
        this.loops = loops;
    }

    @Override
    public void start() {
        // The enumerator knows which reader is to ask.
    }

    @Override
    public void addSplits(List<PollSplit> splits) {
        PollSplit split = splits.get(0);
        answers.putAll(split.answers());
        loop = loops.apply(split);
        loop.start();
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws IOException {
        if (!idle) {
            idle = true;
            markIdle(output);
        }
        Polled<T> next = handover.poll();
        if (next == null) {
            rethrow(handover.failure());
            return ended() ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
        }
        answers.put(next.question(), next.kept());
        output.collect(next.element());
        return handover.isEmpty() ? InputStatus.NOTHING_AVAILABLE : InputStatus.MORE_AVAILABLE;
    }

    /** Flink takes a source for idle when its main output and those of its splits are. */
    private void markIdle(ReaderOutput<T> output) {
        output.markIdle();
        output.createOutputForSplit(PollSplit.ID).markIdle();
    }

    private static void rethrow(Throwable failure) throws IOException {
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure != null) {
            throw new IOException("A poller failed", failure);
        }
    }

    /** Another reader asks. */
    private boolean ended() {
        return noMoreSplits && loop == null;
    }

    /** Also complete as long as it has not been said that the output is idle. */
    @Override
    public CompletableFuture<Void> isAvailable() {
        return !idle || ended() ? CompletableFuture.completedFuture(null) : handover.available();
    }

    @Override
    public List<PollSplit> snapshotState(long checkpointId) {
        return loop == null ? List.of() : List.of(new PollSplit(answers));
    }

    /** There are no watermarks to be aligned. */
    @Override
    public void pauseOrResumeSplits(
            Collection<String> splitsToPause, Collection<String> splitsToResume) {
        // Nothing ever runs ahead.
    }

    @Override
    public void close() {
        if (loop != null) {
            loop.close();
        }
    }
}

package io.massivepipeline.sources.poll;

import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.MetricGroup;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The thread that asks: first it hands on what was answered before a recovery, then it asks at each
 * tick. Answers are serialized here, so that a checkpoint only takes the bytes.
 */
final class PollLoop<T> implements PollOutput<T>, Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(PollLoop.class);
    private static final long CLOSE_TIMEOUT_MS = TimeUnit.SECONDS.toMillis(10);

    private final Poller.Factory<T> pollers;
    private final MetricGroup metrics;
    private final FixedRate rate;
    private final SimpleVersionedSerializer<T> serializer;
    private final Handover<Polled<T>> handover;
    private final Map<String, byte[]> restored;
    private final Thread thread;

    PollLoop(
            Poller.Factory<T> pollers,
            MetricGroup metrics,
            FixedRate rate,
            SimpleVersionedSerializer<T> serializer,
            Handover<Polled<T>> handover,
            Map<String, byte[]> restored) {
        this.pollers = pollers;
        this.metrics = metrics;
        this.rate = rate;
        this.serializer = serializer;
        this.handover = handover;
        this.restored = new TreeMap<>(restored);
        this.thread = new Thread(this::run, "massive-poll");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            List<T> kept = handOnWhatWasRestored();
            try (Poller<T> poller = pollers.open(metrics)) {
                kept.forEach(poller::resume);
                while (!Thread.currentThread().isInterrupted()) {
                    rate.await();
                    poller.poll(this);
                }
            }
        } catch (InterruptedException closed) {
            LOG.debug("Asked no more", closed);
        } catch (RuntimeException | Error failure) {
            handover.fail(failure);
        }
    }

    /** What cannot be read any more is asked for anew: it is no reason to fail. */
    private List<T> handOnWhatWasRestored() throws InterruptedException {
        List<T> elements = new ArrayList<>();
        for (Map.Entry<String, byte[]> answer : restored.entrySet()) {
            T element;
            try {
                element =
                        SimpleVersionedSerialization.readVersionAndDeSerialize(
                                serializer, answer.getValue());
            } catch (IOException unreadable) {
                LOG.warn(
                        "The answer about {} in the checkpoint cannot be read: {}",
                        answer.getKey(),
                        unreadable.getMessage());
                continue;
            }
            handover.put(new Polled<>(element, answer.getKey(), answer.getValue()));
            elements.add(element);
        }
        return elements;
    }

    @Override
    public void latest(String question, T answer) throws InterruptedException {
        byte[] kept;
        try {
            kept = SimpleVersionedSerialization.writeVersionAndSerialize(serializer, answer);
        } catch (IOException cannotBe) {
            throw new UncheckedIOException("An answer cannot be serialized", cannotBe);
        }
        handover.put(new Polled<>(answer, question, kept));
    }

    /** Ends the thread, and with it the request that it waits for. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(CLOSE_TIMEOUT_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("A poller still runs {} ms after it was ended", CLOSE_TIMEOUT_MS);
        }
    }
}

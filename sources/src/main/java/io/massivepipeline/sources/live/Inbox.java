package io.massivepipeline.sources.live;

import io.massivepipeline.sources.live.protocol.Event;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the connection's threads have for the thread that ties everything together. Bounded by the
 * bytes of its frames: beyond that the socket is not read.
 */
final class Inbox {

    /**
     * Some tens of milliseconds of a burst; a disk that stalls for longer slows the socket down.
     */
    private static final long MAX_BYTES = 32L << 20;

    /** What a frame costs beside its bytes. */
    private static final int OVERHEAD = 100;

    private final LinkedBlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private final AtomicLong bytes = new AtomicLong();

    /** Puts a frame; returns whether there is room for another. */
    boolean frame(int connection, byte[] payload, long receivedAt) {
        long held = bytes.addAndGet(weight(payload));
        messages.add(new Message(connection, null, payload, receivedAt));
        return held < MAX_BYTES;
    }

    /** Puts an event of a connection. */
    void event(int connection, Event event) {
        messages.add(new Message(connection, event, null, 0));
    }

    /** Takes the next message; null if none comes in time. */
    Message poll(long timeoutMs) throws InterruptedException {
        Message message = messages.poll(timeoutMs, TimeUnit.MILLISECONDS);
        if (message != null && message.payload() != null) {
            bytes.addAndGet(-weight(message.payload()));
        }
        return message;
    }

    private static long weight(byte[] payload) {
        return payload.length + OVERHEAD;
    }

    boolean hasRoom() {
        return bytes.get() < MAX_BYTES;
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /**
     * A frame, or something else that happened.
     *
     * @param connection of which it is; {@link #NO_CONNECTION} if of none
     * @param event what happened; null for a frame
     * @param payload of a frame; null for an event
     * @param receivedAt of a frame, Unix milliseconds
     */
    record Message(int connection, Event event, byte[] payload, long receivedAt) {

        static final int NO_CONNECTION = 0;
    }
}

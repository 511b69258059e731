package io.massivepipeline.sources.live;

import io.massivepipeline.sources.capture.Capture;
import io.massivepipeline.sources.live.journal.Journal;

import java.io.Closeable;
import java.io.IOException;

/** Keeps what was heard: in the journal, in the capture if there is one, and silence as ticks. */
final class Recording implements Closeable {

    private final Journal journal;
    private final Capture capture;
    private final Silence silence;
    private volatile long frames;
    private volatile long bytes;

    Recording(Journal journal, Capture capture, Silence silence) {
        this.journal = journal;
        this.capture = capture;
        this.silence = silence;
    }

    /** Keeps a frame that is taken now; returns whether there was anything in it. */
    boolean frame(byte[] payload, long receivedAt, long now) {
        if (isBlank(payload)) {
            // Nothing, as a blank line of a feed is; in a capture it would read as silence.
            return false;
        }
        frames++;
        bytes += payload.length;
        journal.frame(payload, receivedAt);
        capture.frame(payload, receivedAt);
        silence.broken(now);
        return true;
    }

    private static boolean isBlank(byte[] payload) {
        for (byte b : payload) {
            if (b != ' ' && (b < '\t' || b > '\r')) {
                return false;
            }
        }
        return true;
    }

    void gap(long from, long to, String reason) {
        journal.gap(from, to, reason);
    }

    /**
     * Keeps a tick if one is due.
     *
     * @param everythingRead whether nothing that was received waits
     * @param heard whether there is a feed to be silent
     */
    void silence(long now, boolean everythingRead, boolean heard) {
        if (silence.isTickDue(now) && everythingRead) {
            journal.tick(now, heard);
            capture.tick(now);
        }
    }

    /** How long no tick is due, in milliseconds. */
    long quietFor(long now) {
        return silence.millisLeft(now);
    }

    /** Puts what was kept on disk and hands it on. */
    void commit() {
        journal.commit();
    }

    /** What can wait: to be called about once a second. */
    void maintain(long covered) {
        journal.cover(covered);
        journal.maintain();
        capture.flush();
    }

    /** Frames that were received. */
    long frames() {
        return frames;
    }

    /** Bytes of their payloads. */
    long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        capture.close();
        journal.close();
    }
}

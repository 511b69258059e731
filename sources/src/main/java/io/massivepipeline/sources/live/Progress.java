package io.massivepipeline.sources.live;

/** How far the feed has gone: between the thread that hands it on and those that look at it. */
final class Progress {

    private volatile long emitted;
    private volatile long covered;
    private volatile long gaps;
    private volatile long gapMs;

    /** Everything before a position was handed on. Called by the reader's thread alone. */
    void emitted(long position) {
        emitted = position;
    }

    long emitted() {
        return emitted;
    }

    /** Everything before a position is in a completed checkpoint. */
    void covered(long position) {
        covered = position;
    }

    long covered() {
        return covered;
    }

    /** A gap was handed on. Called by the reader's thread alone. */
    void gap(long durationMs) {
        gaps += 1;
        gapMs += durationMs;
    }

    long gaps() {
        return gaps;
    }

    long gapMs() {
        return gapMs;
    }
}

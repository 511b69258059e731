package io.massivepipeline.sources.replay;

/** How far the events of a split have been handed on, which is behind how far it has been read. */
final class ReplaySplitState {

    private final ReplaySplit start;
    private ReplayRecord last;

    ReplaySplitState(ReplaySplit start) {
        this.start = start;
    }

    void handedOn(ReplayRecord record) {
        last = record;
    }

    ReplaySplit split() {
        return last == null ? start : start.behind(last);
    }
}

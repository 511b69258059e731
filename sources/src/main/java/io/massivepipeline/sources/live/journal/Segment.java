package io.massivepipeline.sources.live.journal;

import java.nio.file.Path;

/**
 * A file of the journal, and how far it is written. The writer moves the end, readers follow it.
 */
final class Segment {

    private final Path path;
    private final SegmentHeader header;

    private volatile long endPosition;
    private volatile long size;

    Segment(Path path, SegmentHeader header, long endPosition, long size) {
        this.path = path;
        this.header = header;
        this.endPosition = endPosition;
        this.size = size;
    }

    Path path() {
        return path;
    }

    SegmentHeader header() {
        return header;
    }

    long firstPosition() {
        return header.firstPosition();
    }

    /** The position after its last record; no less, for segments that were not read to the end. */
    long endPosition() {
        return endPosition;
    }

    /** Bytes that are written and may be read. */
    long size() {
        return size;
    }

    void written(long newEnd, long newSize) {
        endPosition = newEnd;
        size = newSize;
    }

    static String fileName(SegmentHeader header) {
        return "%020d-%06d.journal".formatted(header.firstPosition(), header.attempt());
    }

    static boolean isSegment(Path path) {
        return path.getFileName().toString().endsWith(".journal");
    }
}

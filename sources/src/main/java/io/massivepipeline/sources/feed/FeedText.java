package io.massivepipeline.sources.feed;

import java.util.Arrays;

/**
 * The text form of a feed: one event a line, {@code [<received_ms><TAB>]<frame>}. A reception time
 * with an empty frame is a tick, a blank line is nothing.
 */
public final class FeedText {

    private static final char SEPARATOR = '\t';

    private FeedText() {}

    /**
     * Reads a line.
     *
     * @param buffer holds the line; what is kept of it is copied
     * @param from where it begins
     * @param to where it ends, with or without its line break
     * @param position of the event in the feed
     * @return the event, or null if the line is blank
     */
    public static FeedEvent read(byte[] buffer, int from, int to, long position) {
        int end = to;
        while (end > from && (buffer[end - 1] == '\r' || buffer[end - 1] == '\n')) {
            end--;
        }
        int stampEnd = from;
        while (stampEnd < end && isDigit(buffer[stampEnd])) {
            stampEnd++;
        }
        if (stampEnd == from || stampEnd == end || buffer[stampEnd] != SEPARATOR) {
            return isBlank(buffer, from, end)
                    ? null
                    : frame(buffer, from, end, RawFrame.UNKNOWN, position);
        }
        long received = number(buffer, from, stampEnd);
        return isBlank(buffer, stampEnd, end)
                ? new Tick(received, position)
                : frame(buffer, stampEnd + 1, end, received, position);
    }

    private static RawFrame frame(byte[] buffer, int from, int to, long received, long position) {
        return new RawFrame(Arrays.copyOfRange(buffer, from, to), received, position);
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isBlank(byte[] buffer, int from, int to) {
        for (int i = from; i < to; i++) {
            // Space, and tab to carriage return.
            if (buffer[i] != ' ' && (buffer[i] < '\t' || buffer[i] > '\r')) {
                return false;
            }
        }
        return true;
    }

    /** What digits say, as far as a long reaches. */
    private static long number(byte[] buffer, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            int digit = buffer[i] - '0';
            if (number > (Long.MAX_VALUE - digit) / 10) {
                return Long.MAX_VALUE;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}

package io.massivepipeline.sources.replay;

import io.massivepipeline.sources.feed.RawFrame;

/**
 * Finds times of trades in a frame without parsing it. It decides nothing but how long a replay
 * waits and before which frame of a feed without reception times context is handed on.
 */
final class EventTimeScan {

    /** Unix milliseconds have so many digits from 2001 to 2286. */
    private static final int DIGITS = 13;

    private EventTimeScan() {}

    /** The time of the first trade, Unix milliseconds, or {@link RawFrame#UNKNOWN}. */
    static long first(byte[] frame) {
        int value = afterName(frame, 0);
        return value < 0 ? RawFrame.UNKNOWN : number(frame, value);
    }

    /** The newest time of any trade, Unix milliseconds, or {@link RawFrame#UNKNOWN}. */
    static long newest(byte[] frame) {
        long newest = RawFrame.UNKNOWN;
        for (int value = afterName(frame, 0); value >= 0; value = afterName(frame, value)) {
            newest = Math.max(newest, number(frame, value));
        }
        return newest;
    }

    /** Behind the next field name that means a time, or -1. */
    private static int afterName(byte[] frame, int from) {
        for (int i = from; i + 3 <= frame.length; i++) {
            if (frame[i] == '"' && frame[i + 1] == 't' && frame[i + 2] == '"') {
                return i + 3;
            }
        }
        return -1;
    }

    private static long number(byte[] frame, int from) {
        int i = from;
        while (i < frame.length && (frame[i] == ' ' || frame[i] == ':')) {
            i++;
        }
        int begin = i;
        long number = 0;
        while (i < frame.length && i < begin + DIGITS && frame[i] >= '0' && frame[i] <= '9') {
            number = number * 10 + (frame[i] - '0');
            i++;
        }
        return i == begin + DIGITS ? number : RawFrame.UNKNOWN;
    }
}

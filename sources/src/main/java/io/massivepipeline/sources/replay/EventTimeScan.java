package io.massivepipeline.sources.replay;

import io.massivepipeline.sources.feed.RawFrame;

/**
 * Finds the time of the first trade of a frame without parsing it. It decides nothing but how long
 * a replay waits.
 */
final class EventTimeScan {

    /** Unix milliseconds have so many digits from 2001 to 2286. */
    private static final int DIGITS = 13;

    private EventTimeScan() {}

    /** Unix milliseconds, or {@link RawFrame#UNKNOWN}. */
    static long first(byte[] frame) {
        for (int i = 0; i + 3 <= frame.length; i++) {
            if (frame[i] == '"' && frame[i + 1] == 't' && frame[i + 2] == '"') {
                return number(frame, i + 3);
            }
        }
        return RawFrame.UNKNOWN;
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

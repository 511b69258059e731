package io.massivepipeline.job.analytics;

/** Seconds of event time, each named by its end: Unix milliseconds, a multiple of 1000. */
final class EventSeconds {

    static final long LENGTH = 1000;

    /** How far back rates and activity look, in completed seconds. */
    static final long MINUTE = 60 * LENGTH;

    private EventSeconds() {}

    /** The end of the second that holds an instant. */
    static long endOf(long timestamp) {
        return (Math.floorDiv(timestamp, LENGTH) + 1) * LENGTH;
    }

    /**
     * The end of the last second that is completed once everything up to a watermark has come.
     *
     * @param watermark not the largest or smallest there is
     */
    static long lastCompleted(long watermark) {
        return Math.floorDiv(watermark + 1, LENGTH) * LENGTH;
    }
}

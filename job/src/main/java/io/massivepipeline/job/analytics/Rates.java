package io.massivepipeline.job.analytics;

/**
 * How many on-time trades there were of late.
 *
 * @param second in the last completed second of event time
 * @param tenSeconds in the last ten
 * @param minute in the last sixty
 * @param bestSecond in the best second, whether completed or not
 */
public record Rates(long second, long tenSeconds, long minute, long bestSecond) {

    /** No trades. */
    public static final Rates NONE = new Rates(0, 0, 0, 0);
}

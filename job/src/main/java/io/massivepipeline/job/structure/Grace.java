package io.massivepipeline.job.structure;

import java.time.Duration;

/**
 * What event time has left behind stays for a while of processing time. In a feed without reception
 * times a single trade with a wrong time moves event time on by years; all that follows is late,
 * and still has to be counted together with what came before.
 */
public final class Grace {

    private static final long LENGTH_MS = Duration.ofHours(1).toMillis();

    private Grace() {}

    /**
     * When something may be forgotten that event time has left behind just now.
     *
     * @param now processing time, Unix milliseconds
     */
    public static long endFrom(long now) {
        return now + LENGTH_MS;
    }
}

package io.massivepipeline.job.structure;

import java.io.Serializable;
import java.time.Duration;

/**
 * How close watermarks may follow each other. Each makes every stream that is due release a batch,
 * and a batch costs much of what it costs to write some dozens of trades.
 *
 * @param atLeast time between two, processing time
 * @param atMost a watermark that waits for more trades waits no longer, processing time
 * @param tradesPerStream how many trades are waited for, by the number of streams that they are of;
 *     0 not to wait for trades
 */
public record WatermarkPace(Duration atLeast, Duration atMost, int tradesPerStream)
        implements Serializable {

    /** For those who wait for each trade. */
    public static final WatermarkPace PROMPT =
            new WatermarkPace(Duration.ofMillis(5), Duration.ofMillis(5), 0);

    /** For a replay as fast as it goes, where nobody waits for a single trade. */
    public static final WatermarkPace FAST =
            new WatermarkPace(Duration.ofMillis(20), Duration.ofSeconds(3), 30);
}

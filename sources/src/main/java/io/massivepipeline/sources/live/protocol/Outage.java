package io.massivepipeline.sources.live.protocol;

import java.util.Optional;

/** The gap that is open while the feed is not heard; nothing before the feed was heard once. */
final class Outage {

    private static final long NEVER = 0;

    private long from = NEVER;
    private String reason = "";

    /** The feed was last heard at {@code since}. Of several losses in a row, the first counts. */
    void lost(long since, String why) {
        if (from == NEVER) {
            from = since;
            reason = why;
        }
    }

    /** The feed is heard again. Returns the gap, if there was one. */
    Optional<Action.Gap> over(long now) {
        if (from == NEVER) {
            return Optional.empty();
        }
        Action.Gap gap = new Action.Gap(Math.min(from, now), now, reason);
        from = NEVER;
        return Optional.of(gap);
    }
}

package io.massivepipeline.job.structure;

import io.massivepipeline.sources.feed.FeedGap;
import io.massivepipeline.sources.feed.FeedStatus;

/**
 * How the live source fares. The gaps are counted here, from the first start of the job's state;
 * everything else is as the source said last.
 *
 * @param gaps intervals in which the feed was not heard
 * @param gapMs their lengths together
 * @param connected whether the feed is heard now
 * @param reconnects connections lost and made again
 * @param subscriptions channels that the provider has confirmed
 * @param subscriptionsAdded by the last change of the wanted channels
 * @param subscriptionsRemoved by the last change of the wanted channels
 * @param subscriptionsChangedAt when that was, Unix milliseconds; 0 if never
 * @param journalFrames frames and ticks held on disk
 * @param journalBytes bytes held on disk
 * @param journalLagFrames frames and ticks received and not yet read from there
 */
public record LiveCounts(
        long gaps,
        long gapMs,
        boolean connected,
        long reconnects,
        int subscriptions,
        int subscriptionsAdded,
        int subscriptionsRemoved,
        long subscriptionsChangedAt,
        long journalFrames,
        long journalBytes,
        long journalLagFrames) {

    private static final LiveCounts NONE = new LiveCounts(0, 0, false, 0, 0, 0, 0, 0, 0, 0, 0);

    /**
     * @param before null if this is the first that is heard of a live source
     */
    static LiveCounts with(LiveCounts before, FeedGap gap) {
        LiveCounts so = orNone(before);
        return new LiveCounts(
                so.gaps + 1,
                so.gapMs + gap.to() - gap.from(),
                so.connected,
                so.reconnects,
                so.subscriptions,
                so.subscriptionsAdded,
                so.subscriptionsRemoved,
                so.subscriptionsChangedAt,
                so.journalFrames,
                so.journalBytes,
                so.journalLagFrames);
    }

    /**
     * @param before null if this is the first that is heard of a live source
     */
    static LiveCounts with(LiveCounts before, FeedStatus status) {
        LiveCounts so = orNone(before);
        return new LiveCounts(
                so.gaps,
                so.gapMs,
                status.connected(),
                status.reconnects(),
                status.subscriptions(),
                status.subscriptionsAdded(),
                status.subscriptionsRemoved(),
                status.subscriptionsChangedAt(),
                status.journalFrames(),
                status.journalBytes(),
                status.journalLag());
    }

    private static LiveCounts orNone(LiveCounts counts) {
        return counts == null ? NONE : counts;
    }
}

package io.massivepipeline.sources.feed;

/**
 * How a live source fares, about once a second: the live fields of the job's counters. It is not
 * part of the feed, has no position and is never replayed.
 *
 * @param at when it was taken, Unix milliseconds
 * @param connected whether the feed is heard: authenticated and subscribed
 * @param reconnects connections lost and made again, since the first start of the job's state
 * @param subscriptions channels that the provider has confirmed
 * @param subscriptionsAdded channels that the last change of the wanted set added
 * @param subscriptionsRemoved channels that it removed
 * @param subscriptionsChangedAt when that was, Unix milliseconds; 0 if never
 * @param journalFrames frames and ticks held on disk
 * @param journalBytes bytes held on disk
 * @param journalLag frames and ticks that were received and not yet handed on
 */
public record FeedStatus(
        long at,
        boolean connected,
        long reconnects,
        int subscriptions,
        int subscriptionsAdded,
        int subscriptionsRemoved,
        long subscriptionsChangedAt,
        long journalFrames,
        long journalBytes,
        long journalLag)
        implements FeedEvent {}

package io.massivepipeline.job;

import io.massivepipeline.job.options.LiveFeedSettings;
import io.massivepipeline.job.options.PipelineSettings;
import io.massivepipeline.job.options.SourceKind;
import io.massivepipeline.job.options.SubscriptionSettings;
import io.massivepipeline.job.options.UsageException;
import io.massivepipeline.job.subscription.TargetedSubscription;
import io.massivepipeline.sources.feed.FeedEvent;
import io.massivepipeline.sources.live.LiveSource;
import io.massivepipeline.sources.live.LiveSourceBuilder;
import io.massivepipeline.sources.live.SubscriptionFeed;
import io.massivepipeline.sources.live.journal.JournalFeedFormat;
import io.massivepipeline.sources.provider.ApiKey;
import io.massivepipeline.sources.replay.FeedException;
import io.massivepipeline.sources.replay.ReplaySource;

import org.apache.flink.api.connector.source.Source;

import java.nio.file.Path;
import java.time.Clock;

/** Where the frames come from, live or replayed, as the options say. */
final class Feeds {

    private Feeds() {}

    /**
     * @param clock of a live feed; serializable, as the JDK's are
     * @throws UsageException if the feed to replay can't be read
     */
    static Source<FeedEvent, ?, ?> of(PipelineSettings settings, Clock clock) {
        return settings.source() == SourceKind.LIVE ? live(settings, clock) : replay(settings);
    }

    /** Reads the key when it is asked for one, and not before. */
    static ApiKey apiKey(LiveFeedSettings settings) {
        return settings.apiKeyFile()
                .map(file -> ApiKey.fromFile(file.toString()))
                .orElseGet(ApiKey::fromEnvironment);
    }

    private static Source<FeedEvent, ?, ?> live(PipelineSettings settings, Clock clock) {
        LiveFeedSettings live = settings.live().orElseThrow();
        LiveFeedSettings.SocketSettings socket = live.socket();
        LiveSourceBuilder source =
                LiveSource.builder()
                        .url(socket.url())
                        .apiKey(apiKey(live))
                        .subscriptions(subscriptions(settings, live.subscription(), clock))
                        .journal(live.journal().folder().toString(), live.journal().maxBytes())
                        .reconnectDelay(socket.reconnectDelay(), socket.reconnectDelayMax())
                        .maxConnectionsDelay(socket.maxConnectionsDelay())
                        .silenceTimeout(socket.silenceTimeout())
                        .orderDelay(settings.orderDelay())
                        .clock(clock);
        live.capture().ifPresent(file -> source.capture(file.toString()));
        return source.build();
    }

    private static SubscriptionFeed.Factory subscriptions(
            PipelineSettings settings, SubscriptionSettings subscription, Clock clock) {
        return subscription.targeted()
                ? TargetedSubscription.of(
                        settings.redis(),
                        settings.context().underlyings(),
                        subscription.maxChannels(),
                        clock)
                : SubscriptionFeed.fixed(subscription.channels());
    }

    private static Source<FeedEvent, ?, ?> replay(PipelineSettings settings) {
        ReplaySource feed = feed(settings.feed().orElseThrow()).atSpeed(settings.replaySpeed());
        try {
            return settings.contextFile().map(feed::withContext).orElse(feed);
        } catch (FeedException unreadable) {
            throw new UsageException("--context: " + unreadable.getMessage(), unreadable);
        }
    }

    private static ReplaySource feed(Path feed) {
        try {
            return JournalFeedFormat.isJournal(feed)
                    ? ReplaySource.of(feed, new JournalFeedFormat())
                    : ReplaySource.of(feed);
        } catch (FeedException unreadable) {
            throw new UsageException("--feed: " + unreadable.getMessage(), unreadable);
        }
    }
}

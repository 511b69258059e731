package io.massivepipeline.job;

import io.massivepipeline.job.options.LiveFeedSettings;
import io.massivepipeline.job.options.PipelineSettings;
import io.massivepipeline.job.options.SourceKind;
import io.massivepipeline.job.options.UsageException;
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

/** Where the frames come from, live or replayed, as the options say. */
final class Feeds {

    private Feeds() {}

    /**
     * @throws UsageException if the feed to replay can't be read
     */
    static Source<FeedEvent, ?, ?> of(PipelineSettings settings) {
        return settings.source() == SourceKind.LIVE
                ? live(settings)
                : replay(settings.feed().orElseThrow(), settings.replaySpeed());
    }

    /** Reads the key when it is asked for one, and not before. */
    static ApiKey apiKey(LiveFeedSettings settings) {
        return settings.apiKeyFile()
                .map(file -> ApiKey.fromFile(file.toString()))
                .orElseGet(ApiKey::fromEnvironment);
    }

    private static Source<FeedEvent, ?, ?> live(PipelineSettings settings) {
        LiveFeedSettings live = settings.live().orElseThrow();
        LiveFeedSettings.SocketSettings socket = live.socket();
        LiveSourceBuilder source =
                LiveSource.builder()
                        .url(socket.url())
                        .apiKey(apiKey(live))
                        .subscriptions(SubscriptionFeed.fixed(live.channels()))
                        .journal(live.journal().folder().toString(), live.journal().maxBytes())
                        .reconnectDelay(socket.reconnectDelay(), socket.reconnectDelayMax())
                        .maxConnectionsDelay(socket.maxConnectionsDelay())
                        .silenceTimeout(socket.silenceTimeout())
                        .orderDelay(settings.orderDelay());
        live.capture().ifPresent(file -> source.capture(file.toString()));
        return source.build();
    }

    private static Source<FeedEvent, ?, ?> replay(Path feed, double speed) {
        try {
            ReplaySource source =
                    JournalFeedFormat.isJournal(feed)
                            ? ReplaySource.of(feed, new JournalFeedFormat())
                            : ReplaySource.of(feed);
            return source.atSpeed(speed);
        } catch (FeedException unreadable) {
            throw new UsageException("--feed: " + unreadable.getMessage(), unreadable);
        }
    }
}

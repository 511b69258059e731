package io.massivepipeline.job.options;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What only a live run needs. Holds no secret: the API key is read where the connection is made.
 *
 * @param apiKeyFile instead of the environment variable
 * @param subscription what is subscribed to
 * @param polls what is asked for beside the feed
 * @param socket where to connect to and how patiently
 * @param journal where received frames are kept
 * @param capture a file to which the feed is written too
 * @param resume where a run without a cluster goes on
 */
public record LiveFeedSettings(
        Optional<Path> apiKeyFile,
        SubscriptionSettings subscription,
        PollSettings polls,
        SocketSettings socket,
        JournalFolder journal,
        Optional<Path> capture,
        ResumeSettings resume) {

    /** The address of the provider and how long to wait for what. */
    public record SocketSettings(
            String url,
            Duration reconnectDelay,
            Duration reconnectDelayMax,
            Duration maxConnectionsDelay,
            Duration silenceTimeout) {}

    /** A folder of this job alone, and beyond how many bytes the oldest frames are given up. */
    public record JournalFolder(Path folder, long maxBytes) {}

    /** Where checkpoints are kept, and whether to begin anew in spite of them. */
    public record ResumeSettings(Path folder, boolean fresh) {}

    static LiveFeedSettings from(Configuration options) {
        return new LiveFeedSettings(
                PipelineSettings.path(options, PipelineOptions.MASSIVE_API_KEY_FILE),
                SubscriptionSettings.from(options),
                PollSettings.from(options),
                socket(options),
                journal(options),
                PipelineSettings.path(options, PipelineOptions.CAPTURE),
                new ResumeSettings(
                        Path.of(PipelineSettings.read(options, PipelineOptions.RESUME_DIR)),
                        PipelineSettings.read(options, PipelineOptions.FRESH)));
    }

    private static SocketSettings socket(Configuration options) {
        String url = PipelineSettings.read(options, PipelineOptions.WS_URL);
        PipelineSettings.require(
                isWebSocket(url), "--ws.url must be a ws:// or wss:// address with a host.");
        PipelineSettings.require(
                isBare(url),
                "--ws.url must have no user and no query: it is shown in logs, and the API key is"
                        + " sent in a message.");
        SocketSettings socket =
                new SocketSettings(
                        url,
                        PipelineSettings.positive(options, PipelineOptions.WS_RECONNECT_DELAY),
                        PipelineSettings.positive(options, PipelineOptions.WS_RECONNECT_DELAY_MAX),
                        PipelineSettings.positive(
                                options, PipelineOptions.WS_MAX_CONNECTIONS_DELAY),
                        PipelineSettings.positive(options, PipelineOptions.WS_SILENCE_TIMEOUT));
        PipelineSettings.require(
                socket.reconnectDelay().compareTo(socket.reconnectDelayMax()) <= 0,
                "--ws.reconnect-delay must not be longer than --ws.reconnect-delay-max.");
        return socket;
    }

    private static boolean isWebSocket(String url) {
        try {
            URI address = URI.create(url);
            return Set.of("ws", "wss").contains(String.valueOf(address.getScheme()))
                    && address.getHost() != null;
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    private static boolean isBare(String url) {
        URI address = URI.create(url);
        return address.getRawUserInfo() == null && address.getRawQuery() == null;
    }

    private static JournalFolder journal(Configuration options) {
        MemorySize size = PipelineSettings.read(options, PipelineOptions.JOURNAL_MAX_SIZE);
        PipelineSettings.require(
                size.getMebiBytes() >= 1, "--journal.max-size must be at least 1 mb.");
        return new JournalFolder(
                Path.of(PipelineSettings.read(options, PipelineOptions.JOURNAL_DIR)),
                size.getBytes());
    }
}

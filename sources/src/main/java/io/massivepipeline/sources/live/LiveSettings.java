package io.massivepipeline.sources.live;

import io.massivepipeline.sources.live.journal.JournalSettings;
import io.massivepipeline.sources.live.protocol.ProtocolSettings;
import io.massivepipeline.sources.provider.ApiKey;

import java.io.Serializable;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/**
 * How a live feed is had; made by the builder of {@link LiveSource}.
 *
 * @param url of the WebSocket
 * @param apiKey where the key comes from
 * @param subscriptions which channels are wanted
 * @param protocol its delays
 * @param journal where received frames are kept
 * @param orderDelay how long a trade may be out of order: so long a silence becomes a tick
 * @param capture a file to which the feed is written too, or null
 * @param clock for all times; serializable
 */
record LiveSettings(
        URI url,
        ApiKey apiKey,
        SubscriptionFeed.Factory subscriptions,
        ProtocolSettings protocol,
        JournalSettings journal,
        Duration orderDelay,
        String capture,
        Clock clock)
        implements Serializable {

    private static final long serialVersionUID = 1L;
}
